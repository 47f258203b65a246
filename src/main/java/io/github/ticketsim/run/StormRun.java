package io.github.ticketsim.run;

import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;

/**
 * A validated description of one storm.
 *
 * @param target what is stormed
 * @param plan how it is stormed
 */
public record StormRun(Target target, StormPlan plan) {
  /**
   * Storms the target, judges and measures what happened.
   *
   * @throws io.github.ticketsim.stock.StockUnavailableException if the target cannot be reached, or
   *     has nothing to sell
   * @throws InterruptedException if this thread is interrupted
   */
  public RunResult run(StormClock clock, RunListener listener) throws InterruptedException {
    var recorded = target.storm(plan, clock, listener);
    return RunResult.of(recorded.history()).withCommands(recorded.commands());
  }
}
