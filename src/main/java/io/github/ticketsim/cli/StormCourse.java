package io.github.ticketsim.cli;

import io.github.ticketsim.fault.StormProgress;
import io.github.ticketsim.storm.Demand;
import io.github.ticketsim.storm.Storm;
import io.github.ticketsim.storm.StormPlan;
import java.time.Duration;

/**
 * How far a storm has come, for the faults that wait for it.
 *
 * @param mostInFlight how many attempts can be at the server at once
 */
record StormCourse(Storm storm, StormPlan plan, int mostInFlight) implements StormProgress {

  @Override
  public double share() {
    return share(storm, plan);
  }

  /** How much of {@code plan} is done: of its time, or else of its attempts. */
  static double share(Storm storm, StormPlan plan) {
    return switch (plan.load().demand()) {
      case Demand.Purchases _ ->
          (double) storm.progress().attempts() / plan.load().attempts().orElseThrow();
      case Demand.Until(var limit, _) -> (double) storm.elapsed().toNanos() / limit.toNanos();
    };
  }

  @Override
  public Duration elapsed() {
    return storm.elapsed();
  }

  @Override
  public long replies() {
    return storm.progress().replies();
  }

  @Override
  public boolean over() {
    return storm.over();
  }
}
