package io.github.ticketsim.metrics;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How often something happened a second: after the warm-up, or without one since the first that it
 * happened to began.
 */
final class Span {
  private final long warmUpNanos;
  private long count;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  /**
   * @param warmUpNanos zero for none
   */
  Span(long warmUpNanos) {
    this.warmUpNanos = warmUpNanos;
  }

  /** To what began at {@code beginNanos} it happened at {@code atNanos}. */
  void add(long beginNanos, long atNanos) {
    if (warmUpNanos == 0 || atNanos > warmUpNanos) {
      count++;
      first = Math.min(first, beginNanos);
      last = Math.max(last, atNanos);
    }
  }

  /**
   * How many after the begin of the time that was measured, over that time until the last of them;
   * empty where that says nothing. Without a warm-up it begins with the first, which so comes not
   * after it.
   */
  OptionalDouble perSecond() {
    return warmUpNanos == 0 ? rate(count - 1, first) : rate(count, warmUpNanos);
  }

  private OptionalDouble rate(long after, long from) {
    return after < 1 || last <= from
        ? OptionalDouble.empty()
        : OptionalDouble.of(after * (double) Duration.ofSeconds(1).toNanos() / (last - from));
  }
}
