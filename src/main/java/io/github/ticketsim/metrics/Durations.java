package io.github.ticketsim.metrics;

import java.time.Duration;

/**
 * How long something lasts: read as {@code 500ms}, {@code 0.5s}, {@code 2m}, and written for
 * people.
 */
public final class Durations {
  private static final long MICROSECOND = 1_000;
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000_000_000;
  private static final long LONGEST = Duration.ofHours(24).toNanos();

  private Durations() {}

  /**
   * Reads a duration. Histories keep whole milliseconds, so it has no fraction of one.
   *
   * @throws IllegalArgumentException saying what is wrong and what is accepted
   */
  public static Duration parse(String text) {
    var nanos = Unit.NANOSECONDS.wholeNumber(text).orElse(0);
    if (nanos <= 0 || nanos > LONGEST || nanos % MILLISECOND != 0) {
      throw new IllegalArgumentException(
          "'%s' is no duration from 1ms to 24h; write it like 500ms, 10s or 2m, in whole ms"
              .formatted(text));
    }
    return Duration.ofNanos(nanos);
  }

  /** Three significant digits or so, in the unit that fits. */
  public static String text(long nanos) {
    if (nanos < MICROSECOND) {
      return nanos + " ns";
    }
    if (nanos < MILLISECOND) {
      return scaled(nanos, MICROSECOND) + " us";
    }
    return nanos < SECOND ? scaled(nanos, MILLISECOND) + " ms" : scaled(nanos, SECOND) + " s";
  }

  /** Rounds half up. {@code nanos} are one {@code unit} or more. */
  private static String scaled(long nanos, long unit) {
    var decimals = nanos < 10 * unit ? 2 : nanos < 100 * unit ? 1 : 0;
    var step = decimals == 2 ? unit / 100 : decimals == 1 ? unit / 10 : unit;
    var digits = new StringBuilder().append((nanos + step / 2) / step);
    return decimals == 0
        ? digits.toString()
        : digits.insert(digits.length() - decimals, '.').toString();
  }
}
