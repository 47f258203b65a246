package io.github.ticketsim.metrics;

import java.math.BigDecimal;
import java.time.Duration;

/** Reads how long something shall last: {@code 500ms}, {@code 0.5s}, {@code 2m}, {@code 1h}. */
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
}
