package io.github.ticketsim.sale;

import io.github.ticketsim.sale.RedisSteps.CommandStep;
import io.github.ticketsim.sale.RedisSteps.Form;
import io.github.ticketsim.sale.RedisSteps.OrdersCall;
import io.github.ticketsim.sale.RedisSteps.RedisPurchase;
import io.github.ticketsim.sale.ReplyRules.Meaning;
import io.github.ticketsim.sale.YamlNode.Members;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads of a sale file what is sent to a Redis, and what its replies mean. */
public final class RedisReader {
  private static final long MOST_SCRIPT_BYTES = 1 << 20;
  private static final Pattern TARGET = Pattern.compile("(?i)redis[a-z+-]*://.*");
  private static final String SOME_COMMAND = "a command such as GET ticket:stock";
  private static final List<String> HTTP_ONLY = List.of("before", "result");
  private static final List<String> FORMS = Stream.of(Form.values()).map(Form::key).toList();

  private RedisReader() {}

  /** Whether the file is about a Redis. */
  static boolean concerns(Members keys) {
    var target = keys.get("target");
    return target.isPresent()
        ? TARGET.matcher(target.get().text("a URL")).matches()
        : keys.get("setup").isPresent()
            || keys.get("purchase").filter(RedisReader::hasForm).isPresent();
  }

  private static boolean hasForm(YamlNode purchase) {
    return purchase.isMapping()
        && purchase.members("keys").keySet().stream().anyMatch(FORMS::contains);
  }

  static RedisSteps steps(Path file, Members keys) {
    for (var key : HTTP_ONLY) {
      keys.get(key)
          .ifPresent(
              node -> {
                throw node.wrong("is for a target over HTTP; leave it out");
              });
    }
    return new RedisSteps(
        keys.get("setup").stream()
            .flatMap(node -> node.oneOrMore().stream())
            .map(RedisReader::line)
            .toList(),
        keys.get("purchase").map(node -> call(file, node)),
        keys.get("left").map(RedisReader::line),
        keys.get("orders").map(RedisReader::orders));
  }

  private static CommandStep line(YamlNode node) {
    var text = node.someText(SOME_COMMAND);
    var _ = node.checked(() -> CommandText.words(text));
    return new CommandStep(node.where(), text);
  }

  private static RedisPurchase call(Path file, YamlNode node) {
    var expected = "a purchase such as command: DECR ticket:stock";
    var keys = node.of(expected, Stream.concat(FORMS.stream(), Stream.of("keys", "args")).toList());
    var given = Stream.of(Form.values()).filter(form -> keys.get(form.key()).isPresent()).toList();
    if (given.size() != 1) {
      throw node.wrong(
          (given.isEmpty() ? "lacks what buys; add one of " : "has several; leave one of ")
              + String.join(", ", FORMS));
    }
    var form = given.getFirst();
    var value = keys.require(form.key());
    if (form == Form.COMMAND) {
      for (var other : List.of("keys", "args")) {
        keys.get(other)
            .ifPresent(
                member -> {
                  throw member.wrong("is for a script or function; put it into the command");
                });
      }
      return new RedisPurchase(
          value.where(), form, line(value).text(), Optional.empty(), List.of(), List.of());
    }
    var text = value.someText(form == Form.SCRIPT ? "the name of a Lua file" : "a name");
    var script =
        form == Form.SCRIPT ? Optional.of(file.resolveSibling(text)) : Optional.<Path>empty();
    return new RedisPurchase(
        value.where(),
        form,
        script.isPresent() ? value.checked(() -> source(script.get())) : text,
        script,
        texts(keys, "keys"),
        texts(keys, "args"));
  }

  private static List<String> texts(Members keys, String key) {
    return keys.get(key).stream()
        .flatMap(node -> node.oneOrMore().stream())
        .map(element -> element.text("a text"))
        .toList();
  }

  /**
   * The source of a script.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  public static String source(Path script) {
    try {
      if (Files.size(script) > MOST_SCRIPT_BYTES) {
        throw new IllegalArgumentException(
            "%s has more than %d bytes".formatted(script, MOST_SCRIPT_BYTES));
      }
      return Files.readString(script, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalArgumentException(script + ": " + OneLine.unreadable(e), e);
    }
  }

  private static OrdersCall orders(YamlNode node) {
    if (!node.isMapping()) {
      return new OrdersCall(
          line(node),
          Optional.empty(),
          Optional.of(Condition.REPLY),
          Optional.empty(),
          Optional.empty());
    }
    var keys = node.of(SOME_COMMAND, List.of("command", "order", "customer", "item", "quantity"));
    Function<String, Optional<String>> field =
        key ->
            keys.get(key).map(value -> value.read("reply, or a JSON pointer", RedisReader::place));
    return new OrdersCall(
        line(keys.require("command")),
        field.apply("order"),
        field.apply("customer"),
        field.apply("item"),
        field.apply("quantity"));
  }

  /** A place in a reply: the whole of it, or a pointer. */
  static String place(String text) {
    return text.equals(Condition.REPLY) ? text : JsonValues.pointer(text);
  }

  static Map<Meaning, List<ReplyRule>> replies(YamlNode node) {
    var rules = RequestReader.replies(node, RedisReader::condition);
    if (rules.containsKey(Meaning.ACCEPTED)) {
      throw node.wrong("accepted is for a target over HTTP; leave it out");
    }
    return rules;
  }

  private static Condition condition(String subject, YamlNode value) {
    if (Condition.ofRedis().contains(subject) || subject.startsWith("/")) {
      return value.checked(() -> Condition.ofRedis(subject, value.text("a value")));
    }
    throw value.wrong(
        "unknown key, expected reply, reply>=, reply<, error, or %s%s"
            .formatted(
                RequestReader.POINTER,
                Suggestion.of(subject, Condition.ofRedis())
                    .map(word -> "; did you mean " + word + "?")
                    .orElse("")));
  }
}
