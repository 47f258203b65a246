package io.github.ticketsim.verify;

import java.util.List;

/**
 * What a history proves.
 *
 * @param result valid, invalid or unknown
 * @param checks every check, in the order of {@link Check.Name}
 * @param sold how many tickets were sold
 * @param causes for {@link Result#INVALID} what the values suggest to have gone wrong, most telling
 *     first; a guess, unlike all else
 * @param advice for {@link Result#UNKNOWN} what to change, one a reason; else empty
 */
public record Judgement(
    Result result, List<Check> checks, SoldBounds sold, List<Cause> causes, List<Advice> advice) {

  /** The three verdicts. */
  public enum Result {
    /** Every check passed, and the run exercised it. */
    VALID,
    /** At least one invariant is broken. */
    INVALID,
    /** The run cannot be judged. */
    UNKNOWN
  }

  /**
   * How many tickets left the stock: exactly known where both bounds agree.
   *
   * @param atLeast what replies and the counter prove
   * @param atMost what the indeterminate attempts leave open
   */
  public record SoldBounds(long atLeast, long atMost) {
    /** Bounds never cross. */
    public SoldBounds {
      if (atLeast > atMost) {
        throw new IllegalArgumentException("at least " + atLeast + ", at most " + atMost);
      }
    }
  }
}
