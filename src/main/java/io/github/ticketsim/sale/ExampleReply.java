package io.github.ticketsim.sale;

import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A reply that a shop could give.
 *
 * @param body a JSON object
 */
public record ExampleReply(int status, String body) {
  private static final int OK = 200;
  private static final String NUMBER = "1";

  /**
   * What {@code rule} is true of, with a number at {@code valueAt} and a name at {@code orderAt}.
   */
  static ExampleReply of(ReplyRule rule, Optional<String> valueAt, Optional<String> orderAt) {
    var status = OptionalInt.empty();
    var members = new TreeMap<String, Object>();
    valueAt.ifPresent(pointer -> put(members, pointer, NUMBER));
    orderAt.ifPresent(pointer -> put(members, pointer, NUMBER));
    for (var condition : rule.conditions()) {
      switch (condition) {
        case Condition.StatusIs(var wanted) -> status = OptionalInt.of(wanted);
        case Condition.Equal(var pointer, var text) -> put(members, pointer, text);
        case Condition.InRange _, Condition.ErrorStarts _ ->
            throw new IllegalArgumentException(condition + " is about no reply over HTTP");
      }
    }
    return new ExampleReply(status.orElse(OK), json(members));
  }

  /** An index into an array is as good as a member of that name. */
  @SuppressWarnings("unchecked") // Only maps of such members are put in.
  private static void put(Map<String, Object> members, String pointer, String text) {
    var rest = JsonPointer.compile(pointer);
    var object = members;
    while (!rest.tail().matches()) {
      var inner =
          object.compute(
              rest.getMatchingProperty(),
              (_, there) -> there instanceof Map ? there : new TreeMap<String, Object>());
      object = (Map<String, Object>) inner;
      rest = rest.tail();
    }
    object.put(rest.getMatchingProperty(), text);
  }

  private static String json(Map<String, ?> members) {
    var text = new StringWriter();
    try (var json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      write(json, members);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Object value) {
    if (value instanceof Map<?, ?> members) {
      json.writeStartObject();
      members.forEach(
          (name, member) -> {
            json.writeName(String.valueOf(name));
            write(json, member);
          });
      json.writeEndObject();
    } else {
      json.writeString(String.valueOf(value));
    }
  }
}
