package io.github.ticketsim.run;

import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import java.time.Duration;

/**
 * A validated description of one storm.
 *
 * @param target what is stormed
 * @param plan how it is stormed
 * @param warmUp attempts that begin in it are judged like all others, and not measured
 */
public record StormRun(Target target, StormPlan plan, Duration warmUp) {

  /**
   * @throws IllegalArgumentException if the warm-up is negative
   */
  public StormRun {
    if (warmUp.isNegative()) {
      throw new IllegalArgumentException("warm-up " + warmUp + " is negative");
    }
  }

  /**
   * Storms the target, judges and measures what happened.
   *
   * @throws io.github.ticketsim.stock.StockUnavailableException if the target cannot be reached, or
   *     has nothing to sell
   * @throws InterruptedException if this thread is interrupted
   */
  public RunResult run(StormClock clock, RunListener listener) throws InterruptedException {
    var recorded = target.storm(this, clock, listener);
    return RunResult.of(recorded.history()).withCommands(recorded.commands());
  }
}
