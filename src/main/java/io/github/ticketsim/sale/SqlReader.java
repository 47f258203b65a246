package io.github.ticketsim.sale;

import io.github.ticketsim.sale.SqlSteps.Isolation;
import io.github.ticketsim.sale.SqlSteps.Otherwise;
import io.github.ticketsim.sale.SqlSteps.SqlPurchase;
import io.github.ticketsim.sale.SqlSteps.SqlStep;
import io.github.ticketsim.sale.SqlSteps.SqlText;
import io.github.ticketsim.sale.SqlSteps.Wanted;
import io.github.ticketsim.sale.YamlNode.Members;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads of a sale file what a database executes. */
final class SqlReader {
  /** How a target begins that is a database. */
  static final Pattern TARGET = Pattern.compile("(?i)jdbc:.*");

  private static final String SQL = "sql";
  private static final String SOME_SQL = "a statement such as select stock from tickets";
  private static final List<String> NOT_OURS = List.of("before", "result", "replies");
  private static final int MOST_TRIES = 100_000;
  private static final int MOST_STEPS = 100;
  private static final List<String> STEP =
      List.of("run", "with", "rows", "else", "on_unique_violation", "on_check_violation", "keep");

  private SqlReader() {}

  /** Whether the file is about a database. */
  static boolean concerns(Members keys) {
    return keys.get("target")
            .filter(node -> TARGET.matcher(node.text("a URL")).matches())
            .isPresent()
        || keys.get("purchase")
            .filter(node -> node.isMapping() && node.members("keys").containsKey(SQL))
            .isPresent();
  }

  static SqlSteps steps(Members keys) {
    for (var key : NOT_OURS) {
      keys.get(key)
          .ifPresent(
              node -> {
                throw node.wrong(
                    "is not for a database, where each step says what it must give; leave it out");
              });
    }
    return new SqlSteps(
        keys.get("setup").stream()
            .flatMap(node -> node.oneOrMore().stream())
            .map(SqlReader::line)
            .toList(),
        keys.get("purchase").map(SqlReader::purchase),
        keys.get("left").map(SqlReader::line),
        keys.get("orders").map(SqlReader::line));
  }

  /** A statement in which values stand in double braces, each of which is bound. */
  private static SqlText line(YamlNode node) {
    var scan = SqlScan.of(node.someText(SOME_SQL));
    node.checked(
        () -> {
          scan.requireOneStatement();
          requireUnquoted(scan);
          return scan;
        });
    if (scan.parameters() > scan.values().size()) {
      throw node.wrong("has a ? without a value; write the value there, such as {{stock}}");
    }
    return new SqlText(node.where(), scan.text(), scan.values());
  }

  private static void requireUnquoted(SqlScan scan) {
    if (!scan.quoted().isEmpty()) {
      throw new IllegalArgumentException(
          "{{%s}} stands in quotes or a comment, and values are bound, never pasted; take the"
                  .formatted(scan.quoted().getFirst())
              + " quotes away");
    }
  }

  private static SqlPurchase purchase(YamlNode node) {
    var keys = node.of("a purchase with sql", List.of("isolation", "tries", SQL));
    var steps = keys.require(SQL).oneOrMore();
    if (steps.isEmpty() || steps.size() > MOST_STEPS) {
      throw keys.require(SQL)
          .wrong("expected 1 to %d steps, found %d".formatted(MOST_STEPS, steps.size()));
    }
    return new SqlPurchase(
        keys.get("isolation")
            .map(word -> word(word, Stream.of(Isolation.values()).toList(), Isolation::key)),
        keys.get("tries").map(tries -> (int) tries.number(1, MOST_TRIES)).orElse(1),
        steps.stream().map(SqlReader::step).toList());
  }

  private static SqlStep step(YamlNode node) {
    if (!node.isMapping()) {
      return new SqlStep(
          statement(node, List.of()),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Map.of());
    }
    var keys = node.of("a step such as run: update ...", STEP);
    var rows = keys.get("rows");
    var otherwise = keys.get("else").map(SqlReader::refusal);
    if (rows.isPresent() != otherwise.isPresent()) {
      throw rows.or(() -> keys.get("else"))
          .orElseThrow()
          .wrong(
              "rows and else belong together; add %s"
                  .formatted(rows.isPresent() ? "else" : "rows"));
    }
    return new SqlStep(
        statement(keys.require("run"), values(keys)),
        rows.map(count -> new Wanted(count.number(0, Long.MAX_VALUE), otherwise.orElseThrow())),
        keys.get("on_unique_violation").map(SqlReader::refusal),
        keys.get("on_check_violation").map(SqlReader::refusal),
        keys.get("keep").map(SqlReader::columns).orElse(Map.of()));
  }

  private static List<Template> values(Members keys) {
    return keys.get("with").stream()
        .flatMap(node -> node.oneOrMore().stream())
        .map(element -> Template.parse(element.text("a value such as \"{{customer}}\"")))
        .toList();
  }

  private static SqlText statement(YamlNode node, List<Template> values) {
    var scan = SqlScan.of(node.someText(SOME_SQL));
    return node.checked(
        () -> {
          scan.requireOneStatement();
          scan.requireNoControl();
          requireUnquoted(scan);
          if (!scan.values().isEmpty()) {
            var name = scan.values().getFirst().names().stream().findFirst().orElse("");
            throw new IllegalArgumentException(
                "{{%s}} stands in the text of SQL; write ? there, and \"{{%s}}\" in with"
                    .formatted(name, name));
          }
          if (scan.parameters() != values.size()) {
            throw new IllegalArgumentException(
                "has %d ?, and with has %d values; give one for each"
                    .formatted(scan.parameters(), values.size()));
          }
          return new SqlText(node.where(), scan.text(), values);
        });
  }

  private static Otherwise refusal(YamlNode node) {
    return word(node, Stream.of(Otherwise.values()).toList(), Otherwise::key);
  }

  private static <T> T word(YamlNode node, List<T> all, Function<T, String> key) {
    var words = all.stream().map(key).toList();
    var text = node.someText(words.getFirst());
    var found = words.indexOf(text.strip().replaceAll("\\s+", " "));
    if (found < 0) {
      throw node.wrong(
          "expected %s, found '%s'".formatted(String.join(", ", words), OneLine.clip(text, 40)));
    }
    return all.get(found);
  }

  private static Map<String, String> columns(YamlNode node) {
    var columns = new LinkedHashMap<String, String>();
    node.members("names with columns")
        .forEach((name, column) -> columns.put(name, column.someText("the name of a column")));
    return columns;
  }

  /** The name of the value that {@code text} is. */
  static String name(String text) {
    var template = Template.parse(text.strip());
    if (template.parts().size() == 1
        && template.parts().getFirst() instanceof Template.Value(var name)) {
      return name;
    }
    throw new IllegalArgumentException(
        "'%s' is no value; of a database write one such as \"{{purchase}}\""
            .formatted(OneLine.clip(text, 40)));
  }
}
