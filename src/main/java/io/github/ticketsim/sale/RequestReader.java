package io.github.ticketsim.sale;

import io.github.ticketsim.metrics.Durations;
import io.github.ticketsim.sale.ReplyRules.Meaning;
import io.github.ticketsim.sale.Sale.LeftStep;
import io.github.ticketsim.sale.Sale.OrdersStep;
import io.github.ticketsim.sale.Sale.ResultStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads of a sale file what is sent, and what replies mean. */
final class RequestReader {
  static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
  static final String POINTER = "a JSON pointer such as /left";
  private static final int MOST_REPLIES = 100;
  private static final Duration USUAL_EVERY = Duration.ofMillis(100);
  private static final Duration USUAL_WITHIN = Duration.ofSeconds(10);
  private static final String STATUS = "status";
  private static final List<String> REQUEST = List.of("headers", "body");

  private RequestReader() {}

  static Step beforeStep(YamlNode node) {
    return step(node, METHODS, List.of("keep"));
  }

  private static List<String> known(List<String> methods, List<String> more) {
    return Stream.of(methods, REQUEST, more).flatMap(List::stream).toList();
  }

  static Step step(YamlNode node, List<String> methods, List<String> more) {
    var keys = node.of("a request such as post: /orders", known(methods, more));
    var given = methods.stream().filter(method -> keys.get(method).isPresent()).toList();
    if (given.size() != 1) {
      throw node.wrong(
          given.isEmpty()
              ? "lacks a request; add one of " + String.join(", ", methods)
              : "has several requests, %s; leave one".formatted(String.join(" and ", given)));
    }
    var method = given.getFirst();
    var url = keys.require(method);
    return new Step(
        url.where(),
        method.toUpperCase(Locale.ROOT),
        url.someText("a path such as /orders, or a URL"),
        keys.get("headers").map(RequestReader::texts).orElseGet(LinkedHashMap::new),
        keys.get("body").map(body -> body.text("a text")),
        keys.get("keep").map(RequestReader::pointers).orElse(Map.of()));
  }

  private static SequencedMap<String, String> texts(YamlNode node) {
    var texts = new LinkedHashMap<String, String>();
    node.members("names with values")
        .forEach((name, value) -> texts.put(name, value.text("a text")));
    return texts;
  }

  private static Map<String, String> pointers(YamlNode node) {
    var pointers = new HashMap<String, String>();
    node.members("names with JSON pointers")
        .forEach((name, value) -> pointers.put(name, value.read(POINTER, JsonValues::pointer)));
    return pointers;
  }

  static Map<Meaning, List<ReplyRule>> replies(YamlNode node) {
    return replies(node, RequestReader::condition);
  }

  /**
   * @param conditions reads one from its subject and the value
   */
  static Map<Meaning, List<ReplyRule>> replies(
      YamlNode node, BiFunction<String, YamlNode, Condition> conditions) {
    var kinds = Stream.of(Meaning.values()).map(Meaning::key).toList();
    var keys = node.of("outcomes with rules", kinds);
    var rules = new EnumMap<Meaning, List<ReplyRule>>(Meaning.class);
    for (var meaning : Meaning.values()) {
      keys.get(meaning.key())
          .ifPresent(
              kind ->
                  rules.put(
                      meaning,
                      kind.oneOrMore().stream().map(rule -> rule(rule, conditions)).toList()));
      if (rules.getOrDefault(meaning, List.of()).size() > MOST_REPLIES) {
        throw node.wrong("more than %d rules for %s".formatted(MOST_REPLIES, meaning.key()));
      }
    }
    return rules;
  }

  private static ReplyRule rule(YamlNode node, BiFunction<String, YamlNode, Condition> reading) {
    var conditions = new ArrayList<Condition>();
    node.members("conditions such as { status: 201 }")
        .forEach((subject, value) -> conditions.add(reading.apply(subject, value)));
    if (conditions.isEmpty()) {
      throw node.wrong("expected a condition such as status: 201, found none");
    }
    return new ReplyRule(conditions);
  }

  private static Condition condition(String subject, YamlNode value) {
    if (subject.equals(STATUS)) {
      return new Condition.StatusIs((int) value.number(200, 599));
    }
    if (!subject.startsWith("/")) {
      throw value.wrong(
          "unknown key, expected status, or %s%s"
              .formatted(
                  POINTER,
                  Suggestion.of(subject, List.of(STATUS))
                      .map(word -> "; did you mean " + word + "?")
                      .orElse("")));
    }
    return value.checked(
        () -> new Condition.Equal(JsonValues.pointer(subject), value.text("a value")));
  }

  static ResultStep result(YamlNode node) {
    var more = List.of("every", "within", "replies");
    var keys = node.of("a request such as get: /orders/{{order}}", known(METHODS, more));
    var every = keys.get("every").map(RequestReader::duration).orElse(USUAL_EVERY);
    var within = keys.get("within").map(RequestReader::duration).orElse(USUAL_WITHIN);
    return new ResultStep(
        step(node, METHODS, more), every, within, keys.get("replies").map(RequestReader::replies));
  }

  private static Duration duration(YamlNode node) {
    return node.read("a time such as 100ms, 10s or 2m", Durations::parse);
  }

  static LeftStep left(YamlNode node) {
    var more = List.of("at");
    var keys = node.of("a request such as get: /stock", known(METHODS, more));
    return new LeftStep(
        step(node, METHODS, more), keys.require("at").read(POINTER, JsonValues::pointer));
  }

  static OrdersStep orders(YamlNode node) {
    var more = List.of("each", "order", "customer", "item", "quantity");
    var keys = node.of("a request such as get: /admin/orders", known(METHODS, more));
    Function<String, Optional<String>> field =
        key -> keys.get(key).map(value -> value.someText(POINTER));
    var step = step(node, METHODS, more);
    var order = keys.require("order").someText(POINTER);
    return new OrdersStep(
        step,
        node.checked(
            () ->
                new OrderFields(
                    field.apply("each"),
                    order,
                    field.apply("customer"),
                    field.apply("item"),
                    field.apply("quantity"))));
  }
}
