package io.github.ticketsim.sale;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Who wants what of how much.
 *
 * @param stock tickets of each item
 * @param buyers virtual threads
 * @param customers that the buyers are
 * @param limit tickets that a customer may have
 * @param items what is on sale; empty if that is one thing
 * @param quantity tickets of a purchase
 * @param retry how many purchases are sent again, from 0 to 1
 * @param data a row for each customer
 */
public record Wants(
    OptionalLong stock,
    OptionalInt buyers,
    OptionalInt customers,
    OptionalLong limit,
    Optional<Items> items,
    Optional<Quantity> quantity,
    OptionalDouble retry,
    Optional<Path> data) {
  private static final Pattern SHARE = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?) ?%");

  /** Nothing is said. */
  public static final Wants NONE =
      new Wants(
          OptionalLong.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalDouble.empty(),
          Optional.empty());

  /** The same, and what {@code others} say of what these do not. */
  public Wants or(Wants others) {
    return new Wants(
        stock.isPresent() ? stock : others.stock,
        buyers.isPresent() ? buyers : others.buyers,
        customers.isPresent() ? customers : others.customers,
        limit.isPresent() ? limit : others.limit,
        items.or(() -> others.items),
        quantity.or(() -> others.quantity),
        retry.isPresent() ? retry : others.retry,
        data.or(() -> others.data));
  }

  /** Whether each purchase is of one ticket of the only item, and made once for its buyer. */
  public boolean plain() {
    return customers.isEmpty()
        && items.isEmpty()
        && quantity.isEmpty()
        && retry.isEmpty()
        && data.isEmpty();
  }

  /** The same with so many tickets of each item. */
  public Wants withStock(long tickets) {
    var other = OptionalLong.of(tickets);
    return new Wants(other, buyers, customers, limit, items, quantity, retry, data);
  }

  /** The same with so many customers. */
  public Wants withCustomers(int count) {
    var other = OptionalInt.of(count);
    return new Wants(stock, buyers, other, limit, items, quantity, retry, data);
  }

  /** The same with that limit. */
  public Wants withLimit(long tickets) {
    var other = OptionalLong.of(tickets);
    return new Wants(stock, buyers, customers, other, items, quantity, retry, data);
  }

  /** The same of these items. */
  public Wants withItems(Items some) {
    return new Wants(stock, buyers, customers, limit, Optional.of(some), quantity, retry, data);
  }

  /** The same of so many tickets a purchase. */
  public Wants withQuantity(Quantity tickets) {
    return new Wants(stock, buyers, customers, limit, items, Optional.of(tickets), retry, data);
  }

  /** The same with that share sent again. */
  public Wants withRetry(double share) {
    var other = OptionalDouble.of(share);
    return new Wants(stock, buyers, customers, limit, items, quantity, other, data);
  }

  /**
   * Reads a share such as {@code 10%}.
   *
   * @throws IllegalArgumentException if {@code text} is none
   */
  public static double share(String text) {
    var match = SHARE.matcher(text);
    var share = match.matches() ? Double.parseDouble(match.group(1)) / 100 : -1;
    if (share < 0 || share > 1) {
      throw new IllegalArgumentException(
          "'%s' is no share from 0%% to 100%%; write it like 10%%".formatted(text));
    }
    return share;
  }
}
