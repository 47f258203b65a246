package io.github.ticketsim.metrics;

import java.util.OptionalDouble;

/**
 * How a run stands to a limit.
 *
 * @param measured in the metric's unit; empty if the run has no such figure
 */
public record LimitResult(Limit limit, OptionalDouble measured) {

  /** Whether the run misses the limit; one without the figure has not shown that it holds. */
  public boolean missed() {
    return measured.isEmpty() || excess() > 0 || (limit.inclusive() && excess() == 0);
  }

  /** By how much the figure lies beyond the bound; negative if it does not. */
  public double excess() {
    var distance = measured.orElse(limit.bound()) - limit.bound();
    return limit.above() ? distance : -distance;
  }
}
