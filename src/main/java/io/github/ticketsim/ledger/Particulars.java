package io.github.ticketsim.ledger;

import java.util.Locale;
import java.util.Optional;

/**
 * What an attempt asked for and on whose behalf, if the sale tells one from the other.
 *
 * @param customer on whose behalf; empty if each buyer is a customer of its own
 * @param item of which tickets were asked for; empty in a sale of one item
 * @param quantity how many tickets were asked for, from 1 up
 * @param key attempts with the same key are one purchase
 * @param order the shop's own id for the order that the reply confirmed
 */
public record Particulars(
    Optional<String> customer,
    Optional<String> item,
    int quantity,
    Optional<String> key,
    Optional<String> order) {

  /** One ticket of the only item. Each buyer is a separate customer. */
  public static final Particulars NONE =
      new Particulars(Optional.empty(), Optional.empty(), 1, Optional.empty(), Optional.empty());

  /**
   * @throws IllegalArgumentException if no ticket is asked for
   */
  public Particulars {
    if (quantity < 1) {
      throw new IllegalArgumentException("quantity is " + quantity + ", expected at least 1");
    }
  }

  /** What tells one purchase from others, each behind a comma; empty if nothing does. */
  public String words() {
    return customer.map(name -> ", customer " + name).orElse("")
        + item.map(name -> ", item " + name).orElse("")
        + (quantity == 1 ? "" : String.format(Locale.ROOT, ", %,d tickets", quantity))
        + key.map(name -> ", key " + name).orElse("")
        + order.map(name -> ", order " + name).orElse("");
  }
}
