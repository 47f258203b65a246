package io.github.ticketsim.storm;

import io.github.ticketsim.ledger.Ledger;
import java.time.Duration;

/**
 * A storm that makes sense.
 *
 * @param buyers virtual threads, from 1 to {@link #MOST_BUYERS}
 * @param demand what each of them buys
 * @param silenceLimit how long the storm goes on without a sale or a refusal before it gives up
 */
public record StormPlan(int buyers, Demand demand, Duration silenceLimit) {

  /** More virtual threads than this help nobody and would need tens of gigabytes. */
  public static final int MOST_BUYERS = 1_000_000;

  /**
   * @throws IllegalArgumentException naming what is out of its bounds
   */
  public StormPlan {
    if (buyers < 1 || buyers > MOST_BUYERS) {
      throw new IllegalArgumentException(
          "%d buyers, expected 1 to %d".formatted(buyers, MOST_BUYERS));
    }
    switch (demand) {
      case Demand.Purchases(var perBuyer) -> {
        if (perBuyer < 1 || (long) perBuyer * buyers > Ledger.MOST_ATTEMPTS) {
          throw new IllegalArgumentException(
              "%d purchases by each of %d buyers, expected at least 1 and at most %d together"
                  .formatted(perBuyer, buyers, Ledger.MOST_ATTEMPTS));
        }
      }
      case Demand.Until(var limit, var mostAttempts) -> {
        if (!limit.isPositive() || mostAttempts < 1) {
          throw new IllegalArgumentException(
              "duration %s and at most %d attempts, expected more than nothing"
                  .formatted(limit, mostAttempts));
        }
      }
    }
    if (!silenceLimit.isPositive()) {
      throw new IllegalArgumentException("silence limit " + silenceLimit + " is not positive");
    }
  }
}
