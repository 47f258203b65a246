package io.github.ticketsim.metrics;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What a number is of, and the one grammar in which people write it: the number, then a suffix. */
public enum Unit {
  /** Times; what they are counted in. */
  NANOSECONDS(
      "a time such as 50ms or 0.5s",
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L)),
  /** Things that are counted. */
  PIECES(
      "a number such as 5000, 5_000, 5k or 1M",
      Map.of("", 1L, "k", 1_000L, "K", 1_000L, "M", 1_000_000L)),
  /** Things a second, with or without /s. */
  PER_SECOND("a rate such as 500 or 10k/s", PIECES.factors),
  /** A share. */
  PERCENT("a share such as 1%", Map.of("%", 1L));

  static final String NUMBER = "[0-9]+(?:_[0-9]+)*(?:\\.[0-9]+)?";

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,19}");

  private static final Pattern FORM = Pattern.compile("(" + NUMBER + ")(.*)");

  private final String example;

  @SuppressWarnings("ImmutableEnumChecker") // Map.of is.
  private final Map<String, Long> factors;

  Unit(String example, Map<String, Long> factors) {
    this.example = example;
    this.factors = factors;
  }

  /** How it can be written, in words. */
  String example() {
    return example;
  }

  /**
   * The whole number that {@code text} states in the digits 0 to 9. Java would take the digits of
   * other scripts too, and a reader may mistake those for another number.
   *
   * @throws NumberFormatException if it states none, or one that is no long
   */
  public static long whole(String text) {
    if (WHOLE.matcher(text).matches()) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException _) {
        // Too large; said below.
      }
    }
    throw new NumberFormatException(
        "'%s' is no whole number from %d to %d".formatted(text, Long.MIN_VALUE, Long.MAX_VALUE));
  }

  /** The exact number of this unit that {@code text} states; empty if it states none. */
  public Optional<BigDecimal> read(String text) {
    return stated(text)
        .map(stated -> stated.number().multiply(BigDecimal.valueOf(stated.factor())));
  }

  /**
   * The same as a whole number; empty too if it is none, or beyond {@code long}. Does without
   * {@link BigDecimal}, which takes half as long to be initialized as Java takes to start.
   */
  public OptionalLong wholeNumber(String text) {
    return stated(text).map(Stated::wholeNumber).orElse(OptionalLong.empty());
  }

  private Optional<Stated> stated(String text) {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    var suffix = this == PER_SECOND ? match.group(2).replaceFirst("/s$", "") : match.group(2);
    return Optional.ofNullable(factors.get(suffix))
        .map(factor -> new Stated(match.group(1).replace("_", ""), factor));
  }

  /** A number as it is written, and by what to multiply it. */
  private record Stated(String text, long factor) {
    BigDecimal number() {
      return new BigDecimal(text);
    }

    OptionalLong wholeNumber() {
      var point = text.indexOf('.');
      var decimals = point < 0 ? 0 : text.length() - point - 1;
      try {
        var product = Math.multiplyExact(Long.parseLong(text.replace(".", "")), factor);
        for (var i = 0; i < decimals; i++) {
          if (product % 10 != 0) {
            return OptionalLong.empty();
          }
          product /= 10;
        }
        return OptionalLong.of(product);
      } catch (ArithmeticException | NumberFormatException _) {
        return OptionalLong.empty();
      }
    }
  }
}
