package io.github.ticketsim.verify;

import com.google.errorprone.annotations.FormatMethod;
import java.util.Locale;

/** What is said to people. */
public final class Sentence {

  private Sentence() {}

  /** A sentence with figures, written the same in every country. */
  @FormatMethod
  public static String words(String format, Object... figures) {
    return String.format(Locale.ROOT, format, figures);
  }
}
