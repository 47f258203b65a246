package io.github.ticketsim.stock.http;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A reply that arrived as a whole.
 *
 * @param type its content type without parameters, in lower case; empty if it has none
 * @param values what the body holds, by JSON pointer; nothing if it is not one JSON document
 * @param problem why the body is not
 */
record HttpReply(
    int status, String type, Body body, Map<String, String> values, Optional<String> problem) {
  private static final int OK = 200;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  /**
   * @param contentType as the header has it
   */
  static HttpReply of(int status, String contentType, Body body) {
    var type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (body.problem().isPresent()) {
      return new HttpReply(status, type, body, Map.of(), body.problem());
    }
    try {
      return new HttpReply(status, type, body, JsonValues.of(body.bytes()), Optional.empty());
    } catch (IOException e) {
      return new HttpReply(
          status, type, body, Map.of(), Optional.of(String.valueOf(e.getMessage())));
    }
  }

  boolean ok() {
    return status == OK;
  }

  /** Whether the server says that there were too many requests for this one to be looked at. */
  boolean turnedAway() {
    return status == TOO_MANY_REQUESTS;
  }

  /** Whether the server says that it failed, which leaves open what it did before. */
  boolean serverFailed() {
    return status >= SERVER_ERROR;
  }

  /** Why {@code values} has nothing, as the end of a sentence; empty if that is clear. */
  String excuse() {
    return problem.map(words -> " (" + words + ")").orElse("");
  }
}
