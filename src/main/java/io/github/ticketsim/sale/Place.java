package io.github.ticketsim.sale;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.JsonStringEncoder;

/** Where a value stands, and so how it is escaped. */
public enum Place {
  /** Within a string of JSON. */
  JSON {
    @Override
    public byte[] encode(String value) {
      return JsonStringEncoder.getInstance().quoteAsUTF8(value);
    }
  },
  /** In a body of name and value pairs. */
  FORM {
    @Override
    public byte[] encode(String value) {
      return utf8(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  },
  /** In any other body, as it is. */
  TEXT {
    @Override
    public byte[] encode(String value) {
      return utf8(value);
    }
  },
  /** In the path or the query of a URL. */
  URL {
    @Override
    public byte[] encode(String value) {
      return utf8(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
    }
  },
  /** In the value of a header. */
  HEADER {
    @Override
    public byte[] encode(String value) {
      if (value.chars().anyMatch(c -> c < ' ' || c == DELETE)) {
        throw new IllegalArgumentException(
            "has a line break or control character, which no header can hold");
      }
      return utf8(value);
    }
  };

  private static final char DELETE = 0x7f;

  /**
   * The bytes of {@code value} there.
   *
   * @throws IllegalArgumentException if it cannot stand there; does not repeat it
   */
  public abstract byte[] encode(String value);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
