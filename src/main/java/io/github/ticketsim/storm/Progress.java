package io.github.ticketsim.storm;

import io.github.ticketsim.stock.Outcome;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Running counts of a storm under way; buyers write them without getting in each other's way. */
public final class Progress {
  private static final int TIMED_ONE_IN = 16;
  private static final int PART_BITS = 3;
  private static final int PARTS = 1 << PART_BITS;

  private final LongAdder sold = new LongAdder();
  private final LongAdder soldOut = new LongAdder();
  private final LongAdder limited = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder indeterminate = new LongAdder();

  /** How many of the attempts that are timed took how long, by {@link #bucket}. */
  private final LongAdder[] times =
      Stream.generate(LongAdder::new).limit(Long.SIZE * PARTS).toArray(LongAdder[]::new);

  /**
   * Counts an attempt.
   *
   * @param callNanos chooses which are timed: about one in {@value #TIMED_ONE_IN}, for a live view
   * @param totalNanos of the attempt
   */
  void add(Outcome.Kind kind, long callNanos, long totalNanos) {
    adder(kind).increment();
    if (callNanos % TIMED_ONE_IN == 0 && kind.replied()) {
      times[bucket(Math.max(1, totalNanos))].increment();
    }
  }

  /** Each power of two in equal parts. */
  private static int bucket(long nanos) {
    var power = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
    var part = power < PART_BITS ? 0 : (int) (nanos >>> (power - PART_BITS)) - PARTS;
    return power * PARTS + part;
  }

  /** What 99 % of the timed replies so far are within, to some 12 %; empty while there are none. */
  public OptionalLong p99Nanos() {
    var counts = Stream.of(times).mapToLong(LongAdder::sum).toArray();
    var left = LongStream.of(counts).sum() / 100;
    for (var i = counts.length - 1; i >= 0; i--) {
      left -= counts[i];
      if (left < 0 && counts[i] > 0) {
        return OptionalLong.of((1L << (i / PARTS)) / PARTS * (PARTS + i % PARTS + 1));
      }
    }
    return OptionalLong.empty();
  }

  /** How many attempts have ended in {@code kind} so far. */
  public long count(Outcome.Kind kind) {
    return adder(kind).sum();
  }

  /** How many attempts have had a reply so far. */
  public long replies() {
    return sold.sum() + soldOut.sum() + limited.sum();
  }

  /** How many attempts have ended so far. */
  public long attempts() {
    return replies() + failed.sum() + indeterminate.sum();
  }

  private LongAdder adder(Outcome.Kind kind) {
    return switch (kind) {
      case SOLD -> sold;
      case SOLD_OUT -> soldOut;
      case LIMITED -> limited;
      case FAILED -> failed;
      case INDETERMINATE -> indeterminate;
    };
  }
}
