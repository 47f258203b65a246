package io.github.ticketsim.run;

import io.github.ticketsim.parts.Companions;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;

/**
 * A validated description of one storm.
 *
 * @param target what is stormed
 * @param plan how it is stormed
 * @param companions the other parts of the storm, if there are any
 * @param file whether a sale file alone describes it, so that its user passes no options
 */
public record StormRun(Target target, StormPlan plan, Companions companions, boolean file) {
  /** One that options describe. */
  public StormRun(Target target, StormPlan plan, Companions companions) {
    this(target, plan, companions, /* file= */ false);
  }

  /** A storm that this process makes alone. */
  public StormRun(Target target, StormPlan plan) {
    this(target, plan, Companions.NONE);
  }

  /**
   * Storms the target, judges and measures what happened.
   *
   * @throws io.github.ticketsim.stock.StockUnavailableException if the target cannot be reached, or
   *     has nothing to sell
   * @throws InterruptedException if this thread is interrupted
   */
  public RunResult run(StormClock clock, RunListener listener) throws InterruptedException {
    var recorded = target.storm(plan, clock, listener, companions);
    var history = recorded.history();
    return RunResult.of(history, file ? Origin.FILE : Origin.of(history.run()))
        .withCommands(recorded.commands());
  }
}
