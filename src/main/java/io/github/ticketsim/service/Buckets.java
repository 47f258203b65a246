package io.github.ticketsim.service;

import io.github.ticketsim.metrics.Exposition;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** A histogram of durations in the cumulative form of Prometheus. Many threads write it at once. */
final class Buckets {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Upper bounds in nanoseconds, from 100 us to 10 s, rising 1, 2, 5, 10. */
  private static final long[] BOUNDS = {
    100_000,
    200_000,
    500_000,
    1_000_000,
    2_000_000,
    5_000_000,
    10_000_000,
    20_000_000,
    50_000_000,
    100_000_000,
    200_000_000,
    500_000_000,
    1_000_000_000,
    2_000_000_000,
    5_000_000_000L,
    10_000_000_000L
  };

  /** One more than there are bounds, for what lies above the last. */
  private final LongAdder[] counts =
      Stream.generate(LongAdder::new).limit(BOUNDS.length + 1).toArray(LongAdder[]::new);

  private final LongAdder sumNanos = new LongAdder();

  void record(long nanos) {
    var bucket = 0;
    while (bucket < BOUNDS.length && nanos > BOUNDS[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    sumNanos.add(nanos);
  }

  /** Adds the series of {@code name}, in seconds. */
  void addTo(String name, Exposition out) {
    var below = 0L;
    for (var i = 0; i < counts.length; i++) {
      below += counts[i].sum();
      var bound = i < BOUNDS.length ? Double.toString(BOUNDS[i] / NANOS_PER_SECOND) : "+Inf";
      out.sample(name + "_bucket", below, "le", bound);
    }
    out.sample(name + "_sum", sumNanos.sum() / NANOS_PER_SECOND);
    out.sample(name + "_count", below);
  }
}
