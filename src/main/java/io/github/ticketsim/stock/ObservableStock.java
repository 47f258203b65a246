package io.github.ticketsim.stock;

import java.util.OptionalLong;

/** A stock that can be counted during the sale. */
public interface ObservableStock extends Stock {

  /**
   * The counter at this moment; empty if the stock holds none.
   *
   * @throws StockUnavailableException when the stock cannot be asked
   */
  OptionalLong left();

  /**
   * Settles as {@link #settle} does, but the sale can continue afterwards. The caller ensures that
   * no lease is held meanwhile. Bounded in time.
   */
  Settlement settleAndContinue();
}
