package io.github.ticketsim.metrics;

import java.time.Duration;
import java.util.OptionalDouble;

/** How often something happened a second, in the time that is measured. */
final class Span {
  private final long warmUpNanos;
  private long count;
  private long last = Long.MIN_VALUE;

  /**
   * @param warmUpNanos zero for none
   */
  Span(long warmUpNanos) {
    this.warmUpNanos = warmUpNanos;
  }

  /** It happened at {@code nanos}. */
  void add(long nanos) {
    if (warmUpNanos == 0 || nanos > warmUpNanos) {
      count++;
      last = Math.max(last, nanos);
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  /**
   * How many came behind the begin of the time that is measured, over that time until the last of
   * them; empty where that says nothing. Without a warm-up the first marks the begin, and does not
   * come behind it.
   *
   * @param firstNanos when the first attempt began, if there is no warm-up
   */
  OptionalDouble perSecond(long firstNanos) {
    return warmUpNanos == 0 ? rate(count - 1, firstNanos) : rate(count, warmUpNanos);
  }

  private OptionalDouble rate(long behind, long from) {
    return behind < 1 || last <= from
        ? OptionalDouble.empty()
        : OptionalDouble.of(behind * (double) Duration.ofSeconds(1).toNanos() / (last - from));
  }
}
