package io.github.ticketsim.run;

import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;

/** A target that sells in a way of its own, which a sale file or options describe. */
public sealed interface ShopTarget extends Target permits HttpEndpoint, RedisShop, SqlShop {

  /**
   * Does what a storm does ahead of its purchases, and then buys once, as the first customer.
   *
   * @throws io.github.ticketsim.stock.StockUnavailableException if no reply comes
   * @throws InterruptedException if this thread is interrupted
   */
  TriedPurchase tryOut(StormPlan plan, StormClock clock) throws InterruptedException;
}
