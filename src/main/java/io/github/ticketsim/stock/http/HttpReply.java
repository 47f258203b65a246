package io.github.ticketsim.stock.http;

import io.github.ticketsim.sale.JsonValues;
import io.github.ticketsim.sale.ShopReply;
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
    int status, String type, Body body, Map<String, String> values, Optional<String> problem)
    implements ShopReply {
  private static final int OK = 200;

  /**
   * @param contentType as the header has it
   */
  static HttpReply of(int status, String contentType, Body body) {
    var type = type(contentType);
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

  /** A content type without parameters, in lower case. */
  static String type(String contentType) {
    return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  boolean ok() {
    return status == OK;
  }

  @Override
  public String start() {
    return body.start();
  }
}
