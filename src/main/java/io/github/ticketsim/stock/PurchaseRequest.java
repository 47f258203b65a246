package io.github.ticketsim.stock;

import java.util.UUID;

/**
 * What one buyer asks for.
 *
 * @param id of the purchase; the same if it is sent again
 * @param buyer which one, from 0
 * @param attempt of this buyer, from 0; the same if it is sent again
 * @param customer on whose behalf, from 0
 * @param item the position of the item among those on sale, from 0
 * @param quantity how many tickets, from 1 up
 */
public record PurchaseRequest(
    UUID id, int buyer, long attempt, int customer, int item, int quantity) {

  /** One ticket of the first item for the first customer. */
  public static final PurchaseRequest FIRST = of(0, 0);

  /** What is asked on behalf of a customer without buying, of one item. */
  public static PurchaseRequest of(int customer, int item) {
    return new PurchaseRequest(new UUID(0, 0), customer, 0, customer, item, 1);
  }
}
