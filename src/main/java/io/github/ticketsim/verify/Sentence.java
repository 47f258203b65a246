package io.github.ticketsim.verify;

import com.google.errorprone.annotations.FormatMethod;
import java.util.Locale;

/** What is said to people. */
public final class Sentence {

  private Sentence() {}

  /** A sentence with figures, written the same in every country. */
  @FormatMethod
  public static String words(String format, Object... figures) {
    // As in the root locale, whose symbols Java would look for first.
    return String.format(Locale.US, format, figures);
  }

  /** So many of what {@code noun} names, which forms its plural with an s. */
  public static String counted(long count, String noun) {
    return counted(count, noun, noun + "s");
  }

  /** So many, followed by {@code one} where it is one, else by {@code more}. */
  public static String counted(long count, String one, String more) {
    return words("%,d %s", count, count == 1 ? one : more);
  }
}
