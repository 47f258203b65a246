package io.github.ticketsim.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An error as {@code application/problem+json}, see RFC 9457.
 *
 * @param status also the title
 * @param detail for people
 * @param members beside the standard ones: strings and whole numbers
 * @param retryAfterSeconds when it makes sense to try again, if at all
 */
record ProblemDetails(
    Status status, String detail, Map<String, Object> members, OptionalInt retryAfterSeconds) {

  static final String TYPE = "application/problem+json";

  /** The detail of every 500. */
  static final String BUG = "this is a bug in ticket-sim, see its log";

  private static final int RETRY_SECONDS = 1;
  private static final JsonFactory JSON = new JsonFactory();

  static ProblemDetails of(Status status, String detail) {
    return new ProblemDetails(status, detail, Map.of(), OptionalInt.empty());
  }

  ProblemDetails with(String member, Object value) {
    var more = new LinkedHashMap<>(members);
    more.put(member, value);
    return new ProblemDetails(status, detail, more, retryAfterSeconds);
  }

  /** The same may be asked again, and soon. */
  ProblemDetails retryable() {
    return new ProblemDetails(status, detail, members, OptionalInt.of(RETRY_SECONDS));
  }

  byte[] json() {
    var bytes = new ByteArrayOutputStream();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeStringProperty("type", "about:blank");
      json.writeStringProperty("title", status.reasonPhrase());
      json.writeNumberProperty("status", status.code());
      json.writeStringProperty("detail", detail);
      members.forEach(
          (name, value) -> {
            json.writeName(name);
            switch (value) {
              case Long number -> json.writeNumber(number);
              default -> json.writeString(value.toString());
            }
          });
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  void send(ServerResponse response) {
    writeHead(response);
    Responses.send(response, json());
  }

  /** What {@link #send} sends, without the body. */
  void sendHead(ServerResponse response) {
    writeHead(response);
    response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(json().length));
    Responses.send(response, new byte[0]);
  }

  private void writeHead(ServerResponse response) {
    response.status(status);
    response.header(HeaderNames.CONTENT_TYPE, TYPE);
    retryAfterSeconds.ifPresent(
        seconds -> response.header(HeaderNames.RETRY_AFTER, Integer.toString(seconds)));
  }
}
