package io.github.ticketsim.metrics;

import io.github.ticketsim.stock.Outcome;
import java.util.Map;
import java.util.Optional;

/**
 * What ended in a part of a run's time.
 *
 * @param fromNanos since the storm began
 * @param toNanos the first nanosecond behind it
 * @param ended how many attempts, by outcome; one without a return ended when it was called
 * @param times the total or response times of those with a reply, if there are any
 */
public record Window(
    long fromNanos, long toNanos, Map<Outcome.Kind, Long> ended, Optional<Percentiles> times) {

  /** Copies the map. */
  public Window {
    ended = Map.copyOf(ended);
  }

  /** How many attempts ended in {@code kind} a second. */
  public double perSecond(Outcome.Kind kind) {
    return ended.getOrDefault(kind, 0L) * 1e9 / (toNanos - fromNanos);
  }

  /** Replies a second. */
  public double throughput() {
    return ended.keySet().stream().filter(Outcome.Kind::replied).mapToDouble(this::perSecond).sum();
  }
}
