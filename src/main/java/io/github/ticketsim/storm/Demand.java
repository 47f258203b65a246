package io.github.ticketsim.storm;

import io.github.ticketsim.ledger.Ledger;
import java.time.Duration;

/** How much is bought: by each buyer of a closed load, by all together in an open one. */
public sealed interface Demand {

  /** A fixed number of attempts, from 1 up. */
  record Purchases(int count) implements Demand {}

  /**
   * As many attempts as begin, or are planned to begin, between the start and {@code limit} after
   * it.
   *
   * @param mostAttempts of all buyers together; the storm ends where they are about to exceed it
   */
  record Until(Duration limit, int mostAttempts) implements Demand {
    /** Bounded by nothing but the time and the ledger. */
    public Until(Duration limit) {
      this(limit, Ledger.MOST_ATTEMPTS);
    }

    /**
     * @throws IllegalArgumentException naming what is out of its bounds
     */
    public Until {
      if (!limit.isPositive() || mostAttempts < 1) {
        throw new IllegalArgumentException(
            "duration %s and at most %d attempts, expected more than nothing"
                .formatted(limit, mostAttempts));
      }
    }
  }
}
