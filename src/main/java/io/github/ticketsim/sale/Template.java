package io.github.ticketsim.sale;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text with values in it, such as {@code /orders/{{customer}}}.
 *
 * @param parts in their order
 */
public record Template(List<Element> parts) {
  private static final Pattern VALUE =
      Pattern.compile("\\{\\{\\s*([^{}\\s](?:[^{}]*?[^{}\\s])?)\\s*}}");

  /** A piece of a template. */
  public sealed interface Element {}

  /** Stands as it is. */
  public record Literal(String text) implements Element {}

  /** Is replaced. */
  public record Value(String name) implements Element {}

  /** Copies {@code parts}. */
  public Template {
    parts = List.copyOf(parts);
  }

  /** The template that {@code text} is. */
  public static Template parse(String text) {
    var parts = new ArrayList<Element>();
    var match = VALUE.matcher(text);
    var end = 0;
    while (match.find()) {
      if (match.start() > end) {
        parts.add(new Literal(text.substring(end, match.start())));
      }
      parts.add(new Value(match.group(1)));
      end = match.end();
    }
    if (end < text.length()) {
      parts.add(new Literal(text.substring(end)));
    }
    return new Template(parts);
  }

  /** Whether {@code text} has a value in it. */
  public static boolean hasValues(String text) {
    return VALUE.matcher(text).find();
  }

  /** {@code text} with each value replaced, given its name. */
  public static String replace(String text, Function<String, String> replacement) {
    return VALUE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(replacement.apply(match.group(1))));
  }

  /** The names of its values. */
  public List<String> names() {
    return parts.stream()
        .filter(Value.class::isInstance)
        .map(part -> ((Value) part).name())
        .distinct()
        .toList();
  }

  /**
   * Makes sure that all its values are among {@code known}.
   *
   * @throws IllegalArgumentException naming the one that is not, and those that are
   */
  public void requireKnown(Collection<String> known) {
    for (var name : names()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "{{%s}} is no known value; known are %s%s"
                .formatted(
                    name,
                    known.stream()
                        .map(word -> "{{" + word + "}}")
                        .collect(Collectors.joining(", ")),
                    Suggestion.of(name, known)
                        .map(word -> "; did you mean {{" + word + "}}?")
                        .orElse("")));
      }
    }
  }
}
