package io.github.ticketsim.storm;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Where the parts of a storm wait for each other. Every wait has a bound. */
public interface StormBarrier {

  /** Nobody to wait for. */
  StormBarrier NONE = new StormBarrier() {};

  /**
   * Waits until all parts start, or {@code open} says that this one shall not.
   *
   * @throws io.github.ticketsim.stock.StockUnavailableException if a part does not come
   * @throws InterruptedException if this thread is interrupted
   */
  default void awaitStart(BooleanSupplier open) throws InterruptedException {}

  /**
   * Waits, before this part reads what is left, until the others have ended.
   *
   * @return why some may not have; empty if all have, or this part's reading does not count
   * @throws InterruptedException if this thread is interrupted
   */
  default Optional<String> awaitOthers() throws InterruptedException {
    return Optional.empty();
  }
}
