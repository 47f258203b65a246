package io.github.ticketsim.stock;

import java.util.OptionalLong;

/** A stock that can be counted while the sale goes on. */
public interface Inventory extends Stock {

  /**
   * The counter as it is at this moment, empty where the stock holds none.
   *
   * @throws StockUnavailableException when the stock cannot be asked
   */
  OptionalLong left();

  /**
   * Makes sure that no attempt made so far can act any more, then reads what is left; the sale can
   * go on afterwards. The caller sees to it that no turn is held meanwhile. Bounded in time.
   */
  Settlement takeInventory();
}
