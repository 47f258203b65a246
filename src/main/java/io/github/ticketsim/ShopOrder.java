package io.github.ticketsim;

import io.github.ticketsim.ledger.Order;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * An order that the shop believes to have sold. What it leaves out is not compared with the
 * purchases.
 *
 * @param id the shop's own, unique among its orders
 * @param customer that the order belongs to, numbered as {@link Purchase#customer} is
 * @param item of which, as in {@link Purchase#item}
 * @param quantity how many tickets
 */
public record ShopOrder(
    String id, OptionalLong customer, Optional<String> item, OptionalInt quantity) {

  /** An order of which only the id is known. */
  public static ShopOrder of(String id) {
    return new ShopOrder(id, OptionalLong.empty(), Optional.empty(), OptionalInt.empty());
  }

  /** The same of that customer. */
  public ShopOrder customer(long number) {
    return new ShopOrder(id, OptionalLong.of(number), item, quantity);
  }

  /** The same of that item. */
  public ShopOrder item(String name) {
    return new ShopOrder(id, customer, Optional.of(name), quantity);
  }

  /**
   * The same of so many tickets.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ShopOrder quantity(int tickets) {
    if (tickets < 1) {
      throw new IllegalArgumentException(
          "quantity of order %s: %d, expected at least 1".formatted(id, tickets));
    }
    return new ShopOrder(id, customer, item, OptionalInt.of(tickets));
  }

  Order recorded() {
    return new Order(
        id,
        customer.isPresent() ? Optional.of(Long.toString(customer.getAsLong())) : Optional.empty(),
        item,
        quantity);
  }
}
