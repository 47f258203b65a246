package io.github.ticketsim.metrics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * How long something lasts: read as {@code 500ms}, {@code 0.5s}, {@code 2m}, and written for
 * people.
 */
public final class Durations {
  private static final BigDecimal MILLISECOND = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Duration.ofHours(24).toNanos());

  private Durations() {}

  /**
   * Reads a duration. Histories keep whole milliseconds, so it has no fraction of one.
   *
   * @throws IllegalArgumentException saying what is wrong and what is accepted
   */
  public static Duration parse(String text) {
    return Unit.NANOSECONDS
        .read(text)
        .filter(nanos -> nanos.signum() > 0 && nanos.compareTo(LONGEST) <= 0)
        .filter(nanos -> nanos.remainder(MILLISECOND).signum() == 0)
        .map(nanos -> Duration.ofNanos(nanos.longValueExact()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no duration from 1ms to 24h; write it like 500ms, 10s or 2m, in whole ms"
                        .formatted(text)));
  }

  /** Three significant digits or so, in the unit that fits. */
  public static String text(long nanos) {
    if (nanos < 1_000) {
      return nanos + " ns";
    }
    if (nanos < 1_000_000) {
      return scaled(nanos / 1e3, "us");
    }
    return nanos < Duration.ofSeconds(1).toNanos()
        ? scaled(nanos / 1e6, "ms")
        : scaled(nanos / 1e9, "s");
  }

  private static String scaled(double value, String unit) {
    var digits = value < 10 ? 2 : value < 100 ? 1 : 0;
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP) + " " + unit;
  }
}
