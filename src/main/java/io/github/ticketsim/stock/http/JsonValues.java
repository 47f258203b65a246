package io.github.ticketsim.stock.http;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** The strings, numbers and words of a JSON text by their pointers, see RFC 6901. */
final class JsonValues {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** How Jackson begins to say that a name stands twice in an object. */
  private static final String DUPLICATE = "Duplicate";

  private JsonValues() {}

  /**
   * Reads {@code body}, which is one document to its end.
   *
   * @throws IOException if it is not, with the reason in a few words without brackets
   */
  static Map<String, String> of(byte[] body) throws IOException {
    var values = new HashMap<String, String>();
    try (var json = JSON.createParser(ObjectReadContext.empty(), body)) {
      var ended = false;
      for (var token = json.nextToken(); token != null; token = json.nextToken()) {
        if (ended) {
          throw new IOException("more than one JSON document");
        }
        if (token.isScalarValue()) {
          values.put(json.streamReadContext().pathAsPointer().toString(), json.getString());
        }
        ended = json.streamReadContext().inRoot();
      }
    } catch (JacksonException e) {
      throw new IOException(
          e.getOriginalMessage().startsWith(DUPLICATE)
              ? "JSON with one name twice in an object"
              : "no whole JSON document");
    }
    return values;
  }

  /**
   * The pointer in the form of the keys.
   *
   * @throws IllegalArgumentException if {@code text} is none
   */
  static String pointer(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("'" + text + "' is no JSON pointer such as /left");
    }
    return JsonPointer.compile(text).toString();
  }

  /** The whole number at {@code pointer}. */
  static OptionalLong number(Map<String, String> values, String pointer) {
    try {
      return OptionalLong.of(Long.parseLong(values.getOrDefault(pointer, "")));
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }
}
