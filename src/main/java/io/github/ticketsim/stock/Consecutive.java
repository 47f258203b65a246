package io.github.ticketsim.stock;

import java.util.function.BooleanSupplier;

/**
 * A stock that goes on from one purchase of a buyer to the next by itself, and needs the buyer's
 * thread at the end alone. To wake a thread costs as much as the rest of a purchase.
 */
public interface Consecutive extends Stock {

  /**
   * Holds back the first purchase of each buyer until the gate is opened. Call before the first
   * {@link #buy}.
   *
   * @return opens the gate
   */
  Runnable startGate();

  /**
   * Makes a purchase, and the next when it has ended, as long as {@code each} wants one. Returns
   * when the last has ended. Never throws for what the stock does.
   *
   * @param open asked once the gate is open: whether there is to be a purchase at all
   */
  void buy(BooleanSupplier open, AfterEach each);

  /** Told of the purchases of one buyer, in their order, by any thread. */
  @FunctionalInterface
  interface AfterEach {

    /** Whether there is to be another purchase after this one. */
    boolean another(Timed ended);
  }
}
