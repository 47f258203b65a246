package io.github.ticketsim.sale;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a list of orders carries what.
 *
 * @param each JSON pointer to the array of orders; empty if the reply is an array, or of lines
 * @param order pointer within an order to its id, or the name of a column of CSV
 * @param customer the same of the customer
 * @param item the same of the item
 * @param quantity the same of the quantity
 */
public record OrderFields(
    Optional<String> each,
    String order,
    Optional<String> customer,
    Optional<String> item,
    Optional<String> quantity) {

  /**
   * @throws IllegalArgumentException if {@code each} is no JSON pointer
   */
  public OrderFields {
    each = each.map(JsonValues::pointer);
  }

  /** All that an order may carry. */
  Stream<String> all() {
    return Stream.concat(
        Stream.of(order), Stream.of(customer, item, quantity).flatMap(Optional::stream));
  }
}
