package io.github.ticketsim.run;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.parts.Companions;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import java.util.OptionalLong;

/** What is stormed. A new kind of shop is a new kind of target. */
public sealed interface Target permits MethodShop, RedisTarget, ShopTarget {

  /** The name of the way it sells, such as {@code decr}. */
  String strategy();

  /**
   * Reaches the target, tells the listener, makes sure that there is something to sell, and storms
   * it.
   *
   * @param companions the other parts of the storm, if there are any
   * @throws io.github.ticketsim.stock.StockUnavailableException if it cannot be reached, or has
   *     nothing to sell
   * @throws InterruptedException if this thread is interrupted
   */
  Recorded storm(StormPlan plan, StormClock clock, RunListener listener, Companions companions)
      throws InterruptedException;

  /**
   * What happened in a storm.
   *
   * @param commands that the server executed meanwhile, if it tells
   */
  record Recorded(History history, OptionalLong commands) {}
}
