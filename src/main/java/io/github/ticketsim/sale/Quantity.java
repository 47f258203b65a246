package io.github.ticketsim.sale;

import java.util.regex.Pattern;

/**
 * How many tickets a purchase asks for.
 *
 * @param least from 1 up
 * @param most at least as many
 */
public record Quantity(int least, int most) {
  private static final int MOST = 1_000_000;
  private static final Pattern FORM =
      Pattern.compile("\\[?\\s*([0-9]{1,9})(?:\\s*[,-]\\s*([0-9]{1,9}))?\\s*]?");

  /** One ticket. */
  public static final Quantity ONE = new Quantity(1, 1);

  /**
   * @throws IllegalArgumentException if that cannot be asked for
   */
  public Quantity {
    if (least < 1 || most < least || most > MOST) {
      throw new IllegalArgumentException(
          "%s, expected a number from 1 to %d, or two such as 1-4, the least first"
              .formatted(least == most ? least : least + "-" + most, MOST));
    }
  }

  /**
   * Reads {@code 2} or {@code 1-4}.
   *
   * @throws IllegalArgumentException if {@code text} is neither
   */
  public static Quantity parse(String text) {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no quantity; write it like 2 or 1-4".formatted(text));
    }
    var least = Integer.parseInt(match.group(1));
    return new Quantity(least, match.group(2) == null ? least : Integer.parseInt(match.group(2)));
  }
}
