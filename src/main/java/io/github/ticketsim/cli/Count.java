package io.github.ticketsim.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * A number as people write it: {@code 5000}, {@code 5_000}, {@code 5k}, {@code 1M}.
 *
 * @param value never negative
 */
record Count(long value) {
  private static final Pattern FORM = Pattern.compile("([0-9]+(?:_[0-9]+)*)([kKM]?)");

  static Count parse(String text) {
    var match = FORM.matcher(text);
    if (match.matches()) {
      try {
        var digits = Long.parseLong(match.group(1).replace("_", ""));
        return new Count(Math.multiplyExact(digits, factor(match.group(2))));
      } catch (ArithmeticException | NumberFormatException _) {
        // Too great for 64 bits: the same complaint as for what is no number.
      }
    }
    throw new TypeConversionException(
        "'" + text + "' is no whole number from 0 up; write it like 5000, 5_000, 5k or 1M");
  }

  private static long factor(String suffix) {
    return switch (suffix) {
      case "k", "K" -> 1_000;
      case "M" -> 1_000_000;
      default -> 1;
    };
  }
}
