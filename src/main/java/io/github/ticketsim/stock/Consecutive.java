package io.github.ticketsim.stock;

/**
 * A stock that goes on from one purchase of a buyer to the next by itself, and needs the buyer's
 * thread at the end alone. To wake a thread costs as much as the rest of a purchase.
 */
public interface Consecutive extends Stock {

  /**
   * Makes a purchase, and the next when it has ended, as long as {@code each} wants one. Returns
   * when the last has ended. Never throws for what the stock does.
   */
  void buy(AfterEach each);

  /** Told of the purchases of one buyer, in their order, by any thread. */
  @FunctionalInterface
  interface AfterEach {

    /** Whether there is to be another purchase after this one. */
    boolean another(Timed ended);
  }
}
