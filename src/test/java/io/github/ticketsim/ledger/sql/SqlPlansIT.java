package io.github.ticketsim.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Model;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How PostgreSQL finds rows, whatever it believes of the tables: nothing, that they are empty, or
 * that there is one run where there are two.
 */
@Timeout(240)
class SqlPlansIT {

  /** The condition by which an index must find the rows of each query, and its parameters. */
  private record Query(String sql, String condition, List<String> parameters) {}

  private static final String UUID_OF_NOBODY = "'00000000-0000-7000-8000-000000000000'";

  private static final Map<String, Query> QUERIES =
      Map.of(
          "page", new Query(Rows.PAGE, "place <=", List.of("2", "5000", "6000")),
          "place", new Query(Rows.SEQUENCE, "\\bid\\)?(::text)? =", List.of(UUID_OF_NOBODY)),
          "id", new Query(Rows.ID, "place =", List.of("2", "5000")),
          "last", new Query(Rows.LAST, "run =", List.of("2")),
          "keyed", new Query(Rows.KEYED, "run =", List.of("2")),
          "open", new Query(Intents.OPEN, "run =", List.of("2")),
          "holds", new Query(Intents.HOLDS, "\\bid\\)?(::text)? =", List.of("2", UUID_OF_NOBODY)),
          "delete",
              new Query(Intents.DELETE, "\\bid\\)?(::text)? =", List.of("2", UUID_OF_NOBODY)));

  private static final List<String> SWITCHES =
      List.of("enable_mergejoin", "enable_hashjoin", "enable_nestloop", "enable_bitmapscan");

  private EmbeddedPostgres postgres;
  private RecordsUrl url;

  @BeforeEach
  void start() throws IOException {
    // Statistics change when the test says so.
    postgres = EmbeddedPostgres.builder().setServerConfig("autovacuum", "off").start();
    url = RecordsUrl.parse(postgres.getJdbcUrl("postgres", "postgres"));
    SqlRuns.open(url).close();
  }

  @AfterEach
  void stop() throws IOException {
    postgres.close();
  }

  private static void begin(Connection to) throws SQLException {
    var run =
        Run.of(
            UUID.randomUUID(), Instant.EPOCH, "decr", Model.COUNTER, "key", 1, 0, Optional.empty());
    assertThat(RunRows.insert(to, run, RunRows.Source.SERVE)).isPresent();
  }

  private static void buy(Connection to, long run, int attempts) throws SQLException {
    execute(
        to,
        "INSERT INTO ticket_attempt (run, place, id, timestamp_ms, buyer, call_ns, outcome,"
            + " idempotency_key) SELECT %d, n, gen_random_uuid(), n, n, n, 'indeterminate', n::text"
                .formatted(run)
            + " FROM generate_series(1, %d) AS n".formatted(attempts));
  }

  private static void intend(Connection to, long run, int intents) throws SQLException {
    execute(
        to,
        "INSERT INTO ticket_open_intent (run, id, life, timestamp_ms, idempotency_key)"
            + " SELECT %d, gen_random_uuid(), 1, n, n::text".formatted(run)
            + " FROM generate_series(1, %d) AS n".formatted(intents));
  }

  private static void execute(Connection on, String sql) throws SQLException {
    try (var statement = on.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void prepare(Connection on) throws SQLException {
    for (var query : QUERIES.entrySet()) {
      var sql = query.getValue().sql();
      for (var i = 1; sql.contains("?"); i++) {
        sql = sql.replaceFirst("\\?", "\\$" + i);
      }
      execute(on, "PREPARE q_%s AS %s".formatted(query.getKey(), sql));
    }
  }

  private static void requireIndexes(Connection on, String when) throws SQLException {
    for (var query : QUERIES.entrySet()) {
      var nodes = plan(on, query.getKey(), query.getValue());
      var plan = "%s, %s: %s".formatted(when, query.getKey(), nodes);
      assertThat(nodes.stream().map(node -> node.get("Node Type").asString()))
          .as(plan)
          .noneMatch(type -> type.contains("Join") || type.contains("Loop"))
          .doesNotContain("Seq Scan");
      assertThat(nodes.stream().filter(node -> node.has("Index Cond")))
          .as(plan)
          .singleElement()
          .extracting(node -> node.get("Index Cond").asString())
          .asString()
          .containsPattern(query.getValue().condition());
    }
  }

  private static List<JsonNode> plan(Connection on, String name, Query query) throws SQLException {
    try (var statement = on.createStatement();
        var row =
            statement.executeQuery(
                "EXPLAIN (FORMAT JSON) EXECUTE q_%s(%s)"
                    .formatted(name, String.join(", ", query.parameters())))) {
      assertThat(row.next()).isTrue();
      var nodes = new ArrayList<JsonNode>();
      collect(new JsonMapper().readTree(row.getString(1)).get(0).get("Plan"), nodes);
      return nodes;
    }
  }

  private static void collect(JsonNode node, List<JsonNode> to) {
    to.add(node);
    if (node.has("Plans")) {
      node.get("Plans").forEach(child -> collect(child, to));
    }
  }

  /** With any one of the planner's means taken away, and with plans of both kinds. */
  private static void requireIndexesAlways(Connection on, String when) throws SQLException {
    for (var mode : List.of("force_custom_plan", "force_generic_plan")) {
      execute(on, "SET plan_cache_mode = " + mode);
      requireIndexes(on, when + ", " + mode);
      for (var means : SWITCHES) {
        execute(on, "SET %s = off".formatted(means));
        requireIndexes(on, "%s, %s, without %s".formatted(when, mode, means));
        execute(on, "SET %s = on".formatted(means));
      }
    }
  }

  @Test
  void aSaleAfterAnotherOneIsReadByItsIndexes() throws Exception {
    try (var connection = url.connect(RecordsUrl.Access.WRITE, RecordsUrl.LONG_TIMEOUT)) {
      begin(connection);
      begin(connection);
      prepare(connection);
      requireIndexesAlways(connection, "empty");
      buy(connection, 1, 1_000_000);
      requireIndexesAlways(connection, "a million, not analyzed");
      execute(connection, "ANALYZE");
      requireIndexesAlways(connection, "a million, analyzed");
      buy(connection, 2, 100_000);
      intend(connection, 2, 300);
      requireIndexesAlways(connection, "a second sale, unknown to the statistics");
      execute(connection, "ANALYZE");
      requireIndexesAlways(connection, "both analyzed");
    }
  }

  /** A plan is kept as long as the statistics are. */
  @Test
  void aPlanThatWasMadeWhileTheTablesWereEmptyUsesIndexes() throws Exception {
    try (var connection = url.connect(RecordsUrl.Access.WRITE, RecordsUrl.LONG_TIMEOUT)) {
      begin(connection);
      begin(connection);
      execute(connection, "VACUUM ANALYZE");
      execute(connection, "SET plan_cache_mode = force_generic_plan");
      prepare(connection);
      requireIndexes(connection, "empty, and known to be");
      buy(connection, 2, 100_000);
      intend(connection, 2, 300);
      requireIndexes(connection, "filled since");
    }
  }
}
