package io.github.ticketsim.storm;

import io.github.ticketsim.ledger.Particulars;
import io.github.ticketsim.stock.PurchaseRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Who buys what. All that is left to chance is a function of the seed, the buyer, and the number of
 * the buyer's attempt, so that no buyer waits for another to draw.
 *
 * @param customers buyer b is customer b mod this; empty if each buyer is a customer of its own
 * @param named whether the history names the customer
 * @param order positions of items, as they are asked for in turn
 * @param items their names; empty if there is one item
 * @param leastQuantity the least tickets a purchase
 * @param mostQuantity the most tickets a purchase
 * @param retryShare how many purchases are sent again, from 0 to 1
 * @param buyers the number of buyers, from which attempts are numbered
 * @param seed of what is left to chance
 */
public record PurchasePlan(
    OptionalInt customers,
    boolean named,
    List<Integer> order,
    List<String> items,
    int leastQuantity,
    int mostQuantity,
    double retryShare,
    int buyers,
    long seed) {

  /** One ticket of the only item for each buyer, each sent once. */
  public static final PurchasePlan PLAIN = oneTicketEach(/* named= */ false);

  /** The same, in a history that tells customers apart if {@code named}. */
  public static PurchasePlan oneTicketEach(boolean named) {
    return new PurchasePlan(OptionalInt.empty(), named, List.of(), 1, 1, 0, 1, 0);
  }

  /** How many are sent again, to stand behind a load; nothing if none is. */
  public String retryWords() {
    return retryShare == 0
        ? ""
        : ", %s%% sent again"
            .formatted(
                BigDecimal.valueOf(retryShare * 100)
                    .setScale(2, RoundingMode.HALF_UP)
                    .stripTrailingZeros()
                    .toPlainString());
  }

  /** Whether and when a purchase is sent again. */
  enum Retry {
    NONE,
    /** While the first is under way. */
    BESIDE,
    /** After the first has been answered, or given up. */
    AFTER
  }

  /** Copies the lists. */
  public PurchasePlan {
    order = List.copyOf(order);
    items = List.copyOf(items);
  }

  /**
   * Draws the order of the items.
   *
   * @param items in their own order
   */
  public PurchasePlan(
      OptionalInt customers,
      boolean named,
      List<String> items,
      int leastQuantity,
      int mostQuantity,
      double retryShare,
      int buyers,
      long seed) {
    this(
        customers,
        named,
        shuffled(items.size(), seed),
        items,
        leastQuantity,
        mostQuantity,
        retryShare,
        buyers,
        seed);
  }

  private static List<Integer> shuffled(int size, long seed) {
    var order = new ArrayList<Integer>(size);
    for (var i = 0; i < size; i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(seed));
    return order;
  }

  /** Whether an attempt has nothing to say beside what every attempt says. */
  boolean plain() {
    return !named && items.isEmpty() && mostQuantity == 1 && retryShare == 0;
  }

  /** Whether anything is left to chance. */
  public boolean drawn() {
    return items.size() > 1 || leastQuantity < mostQuantity || retryShare > 0;
  }

  /** What {@code buyer} asks for in its attempt {@code attempt}, counted from 0. */
  public PurchaseRequest purchase(UUID id, int buyer, long attempt) {
    var customer = customers.isPresent() ? buyer % customers.getAsInt() : buyer;
    if (plain()) {
      return new PurchaseRequest(id, buyer, attempt, customer, 0, leastQuantity);
    }
    return new PurchaseRequest(
        id,
        buyer,
        attempt,
        customer,
        item(attempt * buyers + buyer),
        leastQuantity == mostQuantity
            ? leastQuantity
            : chance(buyer, attempt).nextInt(leastQuantity, mostQuantity + 1));
  }

  /** Each item once in as many attempts as there are items, beginning anywhere. */
  private int item(long number) {
    if (items.isEmpty()) {
      return 0;
    }
    var size = items.size();
    var begin = new SplittableRandom(seed ^ ~(number / size)).nextInt(size);
    return order.get((int) ((number % size + begin) % size));
  }

  private SplittableRandom chance(int buyer, long attempt) {
    return new SplittableRandom(seed + attempt * buyers + buyer);
  }

  Retry retry(PurchaseRequest purchase) {
    if (retryShare == 0) {
      return Retry.NONE;
    }
    var chance = chance(purchase.buyer(), purchase.attempt()).split();
    if (chance.nextDouble() >= retryShare) {
      return Retry.NONE;
    }
    return chance.nextBoolean() ? Retry.BESIDE : Retry.AFTER;
  }

  /**
   * What the history says of an attempt.
   *
   * @param retried whether the purchase is sent twice
   * @param orderId the shop's own id, if a reply named it
   */
  Particulars particulars(PurchaseRequest purchase, boolean retried, Optional<String> orderId) {
    if (plain() && orderId.isEmpty()) {
      return Particulars.NONE;
    }
    return new Particulars(
        named ? Optional.of(Integer.toString(purchase.customer())) : Optional.empty(),
        items.isEmpty() ? Optional.empty() : Optional.of(items.get(purchase.item())),
        purchase.quantity(),
        retried ? Optional.of(purchase.id().toString()) : Optional.empty(),
        orderId);
  }
}
