package io.github.ticketsim.stock.http;

import io.github.ticketsim.sale.Template;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A header of a request; name and value as RFC 9110 wants them. */
public record HttpHeader(String name, String value) {
  private static final Pattern FORM =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\\p{Cntrl}]*?)[ \t]*");

  /** What says where a request ends, or what becomes of the connection. */
  private static final Set<String> OURS =
      Set.of("connection", "content-length", "expect", "transfer-encoding", "upgrade");

  private static final Pattern SECRET =
      Pattern.compile("(?i)auth|cookie|token|secret|password|api-?key|session");

  /** What says that a request is a purchase that has been asked for before. */
  private static final String KEY = "Idempotency-Key";

  /**
   * Reads {@code Name: value}.
   *
   * @throws IllegalArgumentException saying what is wrong, without repeating what may be secret
   */
  public static HttpHeader parse(String text) {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException("is no header, write it like 'Name: value'");
    }
    if (OURS.contains(match.group(1).toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          match.group(1) + " is for ticket-sim to set, leave it out");
    }
    if (match.group(1).equalsIgnoreCase(KEY) && !Template.hasValues(match.group(2))) {
      throw new IllegalArgumentException(
          KEY
              + " would be the same for all, and make one purchase of them; write "
              + KEY
              + ": {{purchase}}, or leave it out");
    }
    return new HttpHeader(match.group(1), match.group(2));
  }

  /** Whether that is its name. */
  public boolean is(String otherName) {
    return name.equalsIgnoreCase(otherName);
  }

  /** The same as people may see it. */
  HttpHeader masked() {
    return SECRET.matcher(name).find() ? new HttpHeader(name, "***") : this;
  }

  /** Without the value, which may be secret. */
  @Override
  public String toString() {
    return name;
  }
}
