package io.github.ticketsim.stock.http;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * A reply that arrived as a whole.
 *
 * @param type its content type without parameters, in lower case; empty where it has none
 * @param values what the body holds, by JSON pointer; nothing where it is no JSON
 */
record Reply(int status, String type, Map<String, String> values) {
  private static final int OK = 200;
  private static final int SERVER_ERROR = 500;

  /**
   * @param contentType as the header has it
   */
  static Reply of(int status, String contentType, byte[] body) {
    var type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    try {
      return new Reply(status, type, JsonValues.of(body));
    } catch (IOException _) {
      return new Reply(status, type, Map.of());
    }
  }

  boolean ok() {
    return status == OK;
  }

  /** Whether the server says that it failed, which leaves open what it did before. */
  boolean serverFailed() {
    return status >= SERVER_ERROR;
  }
}
