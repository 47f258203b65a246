package io.github.ticketsim.metrics;

import java.time.Duration;
import java.util.OptionalDouble;

/** The first begin of many attempts, and the last time at which one of them got somewhere. */
final class Span {
  private long count;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  void add(long beginNanos, long reachedNanos) {
    count++;
    first = Math.min(first, beginNanos);
    last = Math.max(last, reachedNanos);
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** One less than there are, over the time between the two; empty where that says nothing. */
  OptionalDouble perSecond() {
    return count < 2 || last <= first
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            (count - 1) * (double) Duration.ofSeconds(1).toNanos() / (last - first));
  }
}
