package io.github.ticketsim.sale;

import io.github.ticketsim.metrics.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A node of a sale file with the place at which it stands, so that a complaint can name it.
 *
 * @param file its name
 * @param key how one comes to it, such as {@code purchase.headers}; empty for the whole
 */
record YamlNode(String file, String key, Node node) {

  /** A complaint about this node. */
  SaleException wrong(String problem) {
    return new SaleException(where() + (key.isEmpty() ? "" : ": ") + problem);
  }

  /** File, line and key. */
  String where() {
    var line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    return "%s:%d: %s".formatted(file, line, key);
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  private String kind() {
    return switch (node) {
      case MappingNode _ -> "keys with values";
      case SequenceNode _ -> "a list";
      case ScalarNode scalar -> "'" + OneLine.clip(scalar.getValue(), 40) + "'";
      default -> "something else";
    };
  }

  /** Its members in their order; each key stands once. */
  SequencedMap<String, YamlNode> members(String expected) {
    if (!(node instanceof MappingNode mapping)) {
      throw wrong("expected %s, found %s".formatted(expected, kind()));
    }
    var members = new LinkedHashMap<String, YamlNode>();
    for (var tuple : mapping.getValue()) {
      var name = new YamlNode(file, key, tuple.getKeyNode()).text("a key");
      var path = key.isEmpty() ? name : key + "." + name;
      if (members.put(name, new YamlNode(file, path, tuple.getValueNode())) != null) {
        throw new YamlNode(file, path, tuple.getKeyNode()).wrong("stands twice; leave one out");
      }
    }
    return members;
  }

  /** Its members, of which none has a key beside {@code known}. */
  Members of(String expected, Collection<String> known) {
    var members = members(expected);
    for (Map.Entry<String, YamlNode> member : members.entrySet()) {
      if (!known.contains(member.getKey())) {
        throw member
            .getValue()
            .wrong(
                "unknown key, expected %s%s"
                    .formatted(
                        String.join(", ", known),
                        Suggestion.of(member.getKey(), known)
                            .map(word -> "; did you mean " + word + "?")
                            .orElse("")));
      }
    }
    return new Members(this, members);
  }

  List<YamlNode> elements(String expected) {
    if (!(node instanceof SequenceNode sequence)) {
      throw wrong("expected %s, found %s".formatted(expected, kind()));
    }
    var elements = new ArrayList<YamlNode>();
    for (var element : sequence.getValue()) {
      elements.add(new YamlNode(file, "%s[%d]".formatted(key, elements.size()), element));
    }
    return elements;
  }

  /** The elements of a list, or this alone. */
  List<YamlNode> oneOrMore() {
    return isList() ? elements("a list") : List.of(this);
  }

  /** A text as it is written; what YAML takes for nothing is {@code null}. */
  String text(String expected) {
    if (!(node instanceof ScalarNode scalar)) {
      throw wrong("expected %s, found %s".formatted(expected, kind()));
    }
    return Tag.NULL.equals(scalar.getTag()) ? "null" : scalar.getValue();
  }

  String someText(String expected) {
    var text = text(expected);
    if (text.isEmpty() || Tag.NULL.equals(node.getTag())) {
      throw wrong("expected %s, found nothing".formatted(expected));
    }
    return text;
  }

  long number(long least, long most) {
    var expected =
        most == Long.MAX_VALUE
            ? "a whole number from %d up".formatted(least)
            : "a whole number from %d to %d".formatted(least, most);
    var text = text(expected).replace("_", "");
    try {
      var number = Unit.whole(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw wrong("expected %s, found %s".formatted(expected, kind()));
  }

  /** What {@code reading} makes of the text; its complaint becomes one about this node. */
  <T> T read(String expected, Function<String, T> reading) {
    var text = someText(expected);
    return checked(() -> reading.apply(text));
  }

  <T> T checked(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  /** The members of a mapping by key. */
  record Members(YamlNode whole, SequencedMap<String, YamlNode> byKey) {
    Optional<YamlNode> get(String key) {
      return Optional.ofNullable(byKey.get(key));
    }

    YamlNode require(String key) {
      return get(key).orElseThrow(() -> whole.wrong("lacks the key " + key + "; add it"));
    }
  }
}
