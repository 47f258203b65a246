package io.github.ticketsim.sale;

import io.github.ticketsim.sale.YamlNode.Members;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a sale file. {@code sale.schema.json} beside this class says the same for editors. */
public final class SaleFile {
  private static final long MOST_BYTES = 1 << 20;
  private static final int MOST_BUYERS = 1_000_000;

  static final List<String> KEYS =
      List.of(
          "stock",
          "buyers",
          "customers",
          "limit",
          "items",
          "quantity",
          "retry",
          "data",
          "target",
          "setup",
          "before",
          "purchase",
          "replies",
          "value",
          "value_model",
          "order",
          "result",
          "left",
          "orders");

  private final Path file;

  private SaleFile(Path file) {
    this.file = file;
  }

  /**
   * Reads {@code file}.
   *
   * @throws SaleException if it cannot be read, or says what no sale file says
   */
  public static Sale read(Path file) {
    return new SaleFile(file).sale(root(file));
  }

  /**
   * Reads {@code text}.
   *
   * @param label for the text in complaints
   * @throws SaleException if it says what no sale file says
   */
  public static Sale parse(String label, String text) {
    return new SaleFile(Path.of(label)).sale(root(label, text));
  }

  private static YamlNode root(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new SaleException(file + ": more than %d bytes".formatted(MOST_BYTES));
      }
      return root(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new SaleException(file + ": " + OneLine.unreadable(e) + "; check --sale");
    }
  }

  private static YamlNode root(String label, String text) {
    var settings = LoadSettings.builder().setLabel(label).build();
    try {
      Optional<Node> node = new Compose(settings).composeString(text);
      return new YamlNode(
          label,
          "",
          node.orElseThrow(
              () -> new SaleException(label + ": says nothing; add keys such as target")));
    } catch (MarkedYamlEngineException e) {
      throw new SaleException(
          "%s:%d: is no YAML: %s"
              .formatted(
                  label,
                  e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0),
                  OneLine.clip(e.getProblem())));
    } catch (YamlEngineException e) {
      throw new SaleException(
          label + ": is no YAML: " + OneLine.clip(String.valueOf(e.getMessage())));
    }
  }

  private Sale sale(YamlNode root) {
    var keys = root.of("keys such as target", KEYS);
    var sql = SqlReader.concerns(keys);
    var redis = !sql && RedisReader.concerns(keys);
    Function<YamlNode, String> place = node -> place(node, redis, sql);
    var value = keys.get("value").map(place);
    var model = keys.get("value_model");
    if (model.isPresent() && value.isEmpty()) {
      throw model.get().wrong("has no meaning without value; add value");
    }
    var requests = redis || sql ? new Members(root, new LinkedHashMap<>()) : keys;
    // First: what is wrong with replies is that a database has none.
    var steps = sql ? Optional.of(SqlReader.steps(keys)) : Optional.<SqlSteps>empty();
    return new Sale(
        wants(keys),
        keys.get("target").map(SaleFile::target),
        requests.get("before").stream()
            .flatMap(node -> node.oneOrMore().stream())
            .map(RequestReader::beforeStep)
            .toList(),
        requests
            .get("purchase")
            .map(node -> RequestReader.step(node, RequestReader.METHODS, List.of())),
        keys.get("replies")
            .map(node -> redis ? RedisReader.replies(node) : RequestReader.replies(node)),
        value,
        model.map(node -> node.read("counter or bounded", SaleFile::bounded)).orElse(false),
        keys.get("order").map(place),
        requests.get("result").map(RequestReader::result),
        requests.get("left").map(RequestReader::left),
        requests.get("orders").map(RequestReader::orders),
        redis ? Optional.of(RedisReader.steps(file, keys)) : Optional.empty(),
        steps);
  }

  private static String place(YamlNode node, boolean redis, boolean sql) {
    if (sql) {
      return node.read("a value such as \"{{purchase}}\"", SqlReader::name);
    }
    if (node.text("a place in replies").startsWith("{{")) {
      throw node.wrong(
          "is a place in replies, and only in a database a value: write %s that says it, or leave it out"
              .formatted(redis ? "reply or a pointer such as /1" : "a pointer such as /id"));
    }
    return redis
        ? node.read("reply, or " + RequestReader.POINTER, RedisReader::place)
        : node.read(RequestReader.POINTER, JsonValues::pointer);
  }

  private Wants wants(Members keys) {
    return new Wants(
        number(keys, "stock", 0, Long.MAX_VALUE),
        integer(keys, "buyers", MOST_BUYERS),
        integer(keys, "customers", MOST_BUYERS),
        number(keys, "limit", 1, Long.MAX_VALUE),
        keys.get("items").map(SaleFile::items),
        keys.get("quantity").map(SaleFile::quantity),
        keys.get("retry")
            .map(node -> OptionalDouble.of(node.read("a share such as 10%", Wants::share)))
            .orElseGet(OptionalDouble::empty),
        keys.get("data").map(node -> beside(node.someText("the name of a CSV file"))));
  }

  private Path beside(String name) {
    return file.resolveSibling(name);
  }

  private static OptionalLong number(Members keys, String key, long least, long most) {
    var node = keys.get(key);
    return node.isPresent()
        ? OptionalLong.of(node.get().number(least, most))
        : OptionalLong.empty();
  }

  private static OptionalInt integer(Members keys, String key, int most) {
    var number = number(keys, key, 1, most);
    return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
  }

  private static Items items(YamlNode node) {
    if (node.isList()) {
      var names =
          node.elements("names").stream().map(element -> element.someText("a name")).toList();
      return node.checked(() -> Items.named(names));
    }
    if (node.isMapping()) {
      var keys = node.of("column: NAME", List.of("column"));
      return new Items.OfColumn(keys.require("column").someText("the name of a column"));
    }
    var count = node.number(1, Items.MOST);
    return Items.numbered(count);
  }

  private static Quantity quantity(YamlNode node) {
    if (!node.isList()) {
      var number = (int) node.number(1, Integer.MAX_VALUE);
      return node.checked(() -> new Quantity(number, number));
    }
    var bounds = node.elements("two numbers");
    if (bounds.size() != 2) {
      throw node.wrong("expected a number, or two such as [1, 4], found " + bounds.size());
    }
    var least = (int) bounds.get(0).number(1, Integer.MAX_VALUE);
    var most = (int) bounds.get(1).number(1, Integer.MAX_VALUE);
    return node.checked(() -> new Quantity(least, most));
  }

  private static String target(YamlNode node) {
    var target = node.someText("a URL such as http://localhost:8080");
    if (!target.matches("(?i)((https?|rediss?)://|jdbc:).*")) {
      throw node.wrong(
          "expected a URL that begins with http://, https://, redis://, rediss:// or jdbc:");
    }
    return target;
  }

  private static boolean bounded(String word) {
    return switch (word) {
      case "bounded" -> true;
      case "counter" -> false;
      default ->
          throw new IllegalArgumentException(
              "expected counter or bounded, found '%s'".formatted(word));
    };
  }
}
