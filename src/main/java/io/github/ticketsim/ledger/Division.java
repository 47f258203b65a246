package io.github.ticketsim.ledger;

import java.util.OptionalLong;

/** That a storm was made by several processes, each with a clock of its own. */
public sealed interface Division {

  /** How many there were. */
  int parts();

  /**
   * The history of one of them.
   *
   * @param part from 0 up
   * @param demand how many tickets it asked for at most; empty if nobody knows
   * @param wholeDemand how many all parts together did
   * @param clock leads from its times to the common clock
   */
  record OnePart(
      int part, int parts, OptionalLong demand, OptionalLong wholeDemand, PartClock clock)
      implements Division {}

  /**
   * The history of all that were found, on the common clock.
   *
   * @param withinNanos two attempts are known to have been one after the other only if more than
   *     this lies between them
   * @param leastNanos what {@code withinNanos} would be if no sample had been worse than the best
   * @param steppedNanos by how much the common clock was set during the storm
   */
  record AllParts(int parts, long withinNanos, long leastNanos, long steppedNanos)
      implements Division {}
}
