package io.github.ticketsim.ledger;

/**
 * What leads from the clock of a part to the common one.
 *
 * @param offsetNanos the common time at the beginning of this clock
 * @param ratePpb how much faster the common clock goes, in parts of 10^9
 * @param boundNanos by how much the common time of any moment of the storm can be wrong at most
 * @param leastNanos the least that such a bound can be: half of the shortest round trip
 * @param steppedNanos by how much the common clock was set during the storm; 0 if it was not
 */
public record PartClock(
    long offsetNanos, long ratePpb, long boundNanos, long leastNanos, long steppedNanos) {

  /** The common clock itself. */
  public static final PartClock EXACT = new PartClock(0, 0, 0, 0, 0);

  static final long MOST_RATE_PPB = 500_000_000;

  private static final double BILLION = 1e9;

  /** The common time of {@code nanos}. Of two moments, the later is never the earlier one here. */
  public long common(long nanos) {
    return offsetNanos + nanos + Math.round(nanos * (ratePpb / BILLION));
  }
}
