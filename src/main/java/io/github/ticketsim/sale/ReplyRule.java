package io.github.ticketsim.sale;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must be true of a reply for it to mean something.
 *
 * @param conditions all of them hold; not empty
 */
public record ReplyRule(List<Condition> conditions) {
  private static final String AND = "&&";

  /**
   * Reads conditions joined by {@code &&}, such as {@code status=409 && /error=sold-out}.
   *
   * @throws IllegalArgumentException when one of them is none, or two are about one thing; the
   *     message says how to write it
   */
  public static ReplyRule parse(String text) {
    var conditions =
        Stream.of(text.split(Pattern.quote(AND), -1)).map(String::strip).map(Condition::parse);
    var rule = new ReplyRule(conditions.toList());
    var subjects = new HashSet<String>();
    for (var condition : rule.conditions()) {
      if (!subjects.add(condition.subject())) {
        throw new IllegalArgumentException(
            "'%s' asks for two values of %s, which no reply has; write it as two rules"
                .formatted(text, condition.subject()));
      }
    }
    return rule;
  }

  @Override
  public String toString() {
    return conditions.stream().map(Condition::toString).collect(Collectors.joining(" && "));
  }

  boolean holds(ShopReply reply) {
    for (var condition : conditions) {
      if (!condition.holds(reply)) {
        return false;
      }
    }
    return true;
  }

  /** Whether it asks for a status or an error, and not only for what a body says. */
  boolean namesStatus() {
    return conditions.stream()
        .anyMatch(
            condition ->
                condition instanceof Condition.StatusIs
                    || condition instanceof Condition.ErrorStarts);
  }

  /**
   * Makes sure that a reply of Redis, or else one over HTTP, can be asked for all of it.
   *
   * @throws IllegalArgumentException if it cannot
   */
  public void requireFit(boolean redis) {
    for (var condition : conditions) {
      if (!condition.fits(redis)) {
        throw new IllegalArgumentException(
            redis
                ? "'%s' is about HTTP; of a Redis write reply=0, reply>=0, reply<0, error=START or /0=1"
                    .formatted(condition)
                : "'%s' is about a Redis; over HTTP write status=409 or /result=true"
                    .formatted(condition));
      }
    }
  }
}
