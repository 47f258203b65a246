package io.github.ticketsim.stock.http;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** The strings, numbers and words of a JSON text by their pointers, see RFC 6901. */
final class JsonValues {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonValues() {}

  /**
   * Reads all of {@code body}; whatever stands behind the JSON makes it none.
   *
   * @throws IOException where it is no JSON
   */
  static Map<String, String> of(byte[] body) throws IOException {
    var values = new HashMap<String, String>();
    try (var json = JSON.createParser(ObjectReadContext.empty(), body)) {
      for (var token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token.isScalarValue()) {
          values.put(json.streamReadContext().pathAsPointer().toString(), json.getString());
        } else if (token == JsonToken.NOT_AVAILABLE) {
          throw new IOException("cut off");
        }
      }
    } catch (JacksonException e) {
      throw new IOException(e.getOriginalMessage());
    }
    return values;
  }

  /**
   * The pointer in the form of the keys.
   *
   * @throws IllegalArgumentException where {@code text} is none
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
