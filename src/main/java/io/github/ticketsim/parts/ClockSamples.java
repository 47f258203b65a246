package io.github.ticketsim.parts;

import io.github.ticketsim.ledger.PartClock;
import java.util.Arrays;

/**
 * Readings of a common clock by one that is ours, and the straight line through them. Only the best
 * of each {@link #WINDOW_NANOS} is kept. For one thread.
 *
 * <p>A reading that was asked for at a, and had been answered by b, was made at some moment in
 * between, and so belongs to the middle of both, give or take half of the round trip. Between
 * readings the clocks are assumed not to drift apart by more than {@link #MOST_DRIFT}, which is
 * what an operating system slews a clock by at most. If the common clock was set, readings disagree
 * by more than that: then the bound grows by as much.
 */
final class ClockSamples {
  static final long WINDOW_NANOS = 100_000_000;

  private static final double MOST_DRIFT = 500e-6;
  private static final double BILLION = 1e9;
  private static final long MICRO = 1_000;
  private static final int FIRST_SIZE = 64;

  /** As many windows at each end have a say in where the line begins and ends. */
  private static final int END_WINDOWS = 5;

  private int size;
  private long[] middles = new long[FIRST_SIZE];
  private long[] halves = new long[FIRST_SIZE];
  private long[] readings = new long[FIRST_SIZE];
  private long window = Long.MIN_VALUE;

  /**
   * Adds a reading.
   *
   * @param asked on our clock, before
   * @param answered on our clock, after
   * @param micros on the common clock, rounded down
   */
  void add(long asked, long answered, long micros) {
    var half = (answered - asked + 1) / 2;
    var at = Math.floorDiv(asked, WINDOW_NANOS);
    if (at == window && half >= halves[size - 1]) {
      return;
    }
    if (at != window) {
      grow();
      size++;
      window = at;
    }
    middles[size - 1] = asked + half;
    halves[size - 1] = half;
    readings[size - 1] = micros * MICRO + MICRO / 2;
  }

  private void grow() {
    if (size == middles.length) {
      middles = Arrays.copyOf(middles, 2 * size);
      halves = Arrays.copyOf(halves, 2 * size);
      readings = Arrays.copyOf(readings, 2 * size);
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  /**
   * When our clock shall show that the common one shows {@code nanos}, as the last readings say.
   */
  long ours(long nanos) {
    var best = best(Math.max(0, size - END_WINDOWS), size);
    return middles[best] + nanos - readings[best];
  }

  /**
   * What leads from our times to the common ones.
   *
   * @param zero the beginning of our times, on our clock
   * @param commonZero the beginning of the common times, on the common clock
   * @param end the last of our times, on our clock
   */
  PartClock clock(long zero, long commonZero, long end) {
    var from = 0;
    // What lies far ahead of the storm says nothing of the clocks in it.
    while (from < size - 1 && middles[from] < zero - 2 * END_WINDOWS * WINDOW_NANOS) {
      from++;
    }
    var first = best(from, Math.min(from + END_WINDOWS, size));
    var last = best(Math.max(from, size - END_WINDOWS), size);
    var span = middles[last] - middles[first];
    // The line of a short time would follow the errors of its ends.
    var rate =
        span < END_WINDOWS * WINDOW_NANOS
            ? 0
            : Math.round(((readings[last] - readings[first]) - span) * (BILLION / span));
    var most = Math.round(MOST_DRIFT * BILLION);
    var line = Math.clamp(rate, -most, most);
    var offset =
        readings[first]
            - commonZero
            - (middles[first] - zero)
            - Math.round((middles[first] - zero) * (line / BILLION));
    var clock = new PartClock(offset, line, 0, 0, 0);
    var stepped = stepped(from);
    return new PartClock(
        offset,
        line,
        bound(from, clock, zero, commonZero, end) + stepped,
        halves[best(from, size)] + 2 * MICRO,
        stepped);
  }

  private int best(int from, int to) {
    var best = from;
    for (var i = from; i < to; i++) {
      best = halves[i] < halves[best] ? i : best;
    }
    return best;
  }

  /** By how much the common clock was set, all in all. */
  private long stepped(int from) {
    var stepped = 0L;
    for (var i = from + 1; i < size; i++) {
      var gap = middles[i] - middles[i - 1];
      var apart = Math.abs(readings[i] - readings[i - 1] - gap);
      if (apart > halves[i] + halves[i - 1] + drift(gap) + 2 * MICRO) {
        stepped += apart;
      }
    }
    return stepped;
  }

  /**
   * By how much the line can be wrong at any moment: what it is wrong by at a reading, and by how
   * much the clocks can have drifted apart since.
   */
  private long bound(int from, PartClock clock, long zero, long commonZero, long end) {
    var wrong = new long[size - from];
    for (var i = from; i < size; i++) {
      var shown = commonZero + clock.common(middles[i] - zero);
      wrong[i - from] = Math.abs(readings[i] - shown) + halves[i] + drift(halves[i]) + 2 * MICRO;
    }
    for (var i = 1; i < wrong.length; i++) {
      wrong[i] =
          Math.min(wrong[i], wrong[i - 1] + drift(middles[from + i] - middles[from + i - 1]));
    }
    for (var i = wrong.length - 2; i >= 0; i--) {
      wrong[i] =
          Math.min(wrong[i], wrong[i + 1] + drift(middles[from + i + 1] - middles[from + i]));
    }
    var most =
        Math.max(
            wrong[0] + drift(Math.max(0, middles[from] - zero)),
            wrong[wrong.length - 1] + drift(Math.max(0, end - middles[size - 1])));
    for (var i = 1; i < wrong.length; i++) {
      var gap = middles[from + i] - middles[from + i - 1];
      most = Math.max(most, (wrong[i] + wrong[i - 1] + drift(gap)) / 2);
    }
    return most;
  }

  private static long drift(long nanos) {
    return (long) Math.ceil(nanos * MOST_DRIFT);
  }
}
