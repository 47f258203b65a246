package io.github.ticketsim.cli;

import io.github.ticketsim.metrics.Unit;
import java.util.OptionalLong;

/**
 * A number as people write it: {@code 5000}, {@code 5_000}, {@code 5k}, {@code 1M}.
 *
 * @param value never negative
 */
record Count(long value) {
  /** Without a fraction: some people read 1.500 as a thousand and a half. */
  static Count parse(String text) {
    var number = text.contains(".") ? OptionalLong.empty() : Unit.PIECES.wholeNumber(text);
    return new Count(
        number.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no whole number from 0 up; write it like 5000, 5_000, 5k or 1M"
                        .formatted(text))));
  }

  /** The number as a value of {@code option}, or a usage error if it is out of range. */
  long between(String option, long least, long most) {
    if (value < least || value > most) {
      throw new UsageException("%s: %d, expected %d to %d".formatted(option, value, least, most));
    }
    return value;
  }

  int between(String option, int least, int most) {
    return (int) between(option, (long) least, (long) most);
  }

  /** In digits. What Java makes of a record takes longer to link, and picocli writes each value. */
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
