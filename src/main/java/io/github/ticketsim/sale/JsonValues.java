package io.github.ticketsim.sale;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** The strings, numbers and words of a JSON text by their pointers, see RFC 6901. */
public final class JsonValues {
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
  public static Map<String, String> of(byte[] body) throws IOException {
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
   * Reads what {@code body} holds in the array at {@code pointer}, or, with an empty pointer, in an
   * array that is the whole of it, or else as one document after the other.
   *
   * @param taker is given each element, by pointers within it
   * @return whether there is such an array
   * @throws IOException if the body is no JSON, with the reason in a few words
   */
  public static boolean each(byte[] body, String pointer, Consumer<Map<String, String>> taker)
      throws IOException {
    var values = new HashMap<String, String>();
    @Nullable String element = null;
    var found = false;
    try (var json = JSON.createParser(ObjectReadContext.empty(), body)) {
      for (var token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME) {
          continue;
        }
        var here = json.streamReadContext().pathAsPointer().toString();
        found |= token == JsonToken.START_ARRAY && here.equals(pointer);
        if (element == null) {
          var begins = !token.isStructEnd() && begins(json, here, pointer, token);
          element = begins ? here : null;
        }
        if (element != null && token.isScalarValue()) {
          values.put(here.substring(element.length()), json.getString());
        }
        if (here.equals(element) && !token.isStructStart()) {
          taker.accept(Map.copyOf(values));
          values.clear();
          element = null;
        }
      }
    } catch (JacksonException e) {
      throw new IOException("is no whole JSON document", e);
    }
    return found;
  }

  private static boolean begins(JsonParser json, String here, String pointer, JsonToken token) {
    if (pointer.isEmpty() && here.isEmpty()) {
      return token == JsonToken.START_OBJECT;
    }
    var context = json.streamReadContext();
    var parent = token.isStructStart() ? context.getParent() : context;
    var last = here.lastIndexOf('/');
    return last >= 0 && parent.inArray() && here.substring(0, last).equals(pointer);
  }

  /**
   * The pointer in the form of the keys.
   *
   * @throws IllegalArgumentException if {@code text} is none
   */
  public static String pointer(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("'" + text + "' is no JSON pointer such as /left");
    }
    return JsonPointer.compile(text).toString();
  }

  /** The whole number at {@code pointer}. */
  public static OptionalLong number(Map<String, String> values, String pointer) {
    try {
      return OptionalLong.of(Long.parseLong(values.getOrDefault(pointer, "")));
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }
}
