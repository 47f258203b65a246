package io.github.ticketsim.storm;

import java.time.Duration;

/**
 * A storm that makes sense.
 *
 * @param load how buyers come upon the stock
 * @param stallTimeout how long the storm goes on without a sale or a refusal before it gives up
 */
public record StormPlan(Load load, Duration stallTimeout) {

  /**
   * @throws IllegalArgumentException naming what is out of its bounds
   */
  public StormPlan {
    if (!stallTimeout.isPositive()) {
      throw new IllegalArgumentException("stall timeout " + stallTimeout + " is not positive");
    }
  }

  /** A closed load of {@code buyers}. */
  public StormPlan(int buyers, Demand demand, Duration stallTimeout) {
    this(new Load.Closed(buyers, demand), stallTimeout);
  }
}
