package io.github.ticketsim.ledger.sql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names as any database keeps them. PostgreSQL keeps any character but NUL; half of a surrogate
 * pair is none. Each of these is written as U+001A and four hexadecimal digits, and so is U+001A
 * itself. So different names stay different, and a name without them is kept as it is.
 */
final class StorableName {
  private static final char ESCAPE = '\032';

  /** Matches by code point, so no half of a whole pair. */
  private static final Pattern NOT_STORABLE = Pattern.compile("[\\x00\\x1a\\x{d800}-\\x{dfff}]");

  private static final Pattern ESCAPED = Pattern.compile("\\x1a([0-9a-f]{4})");
  private static final int HEXADECIMAL = 16;

  private StorableName() {}

  static String of(String name) {
    return NOT_STORABLE
        .matcher(name)
        .replaceAll(found -> ESCAPE + "%04x".formatted((int) found.group().charAt(0)));
  }

  /** The name that was kept as {@code stored}. */
  static String read(String stored) {
    return ESCAPED
        .matcher(stored)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    Character.toString(Integer.parseInt(found.group(1), HEXADECIMAL))));
  }
}
