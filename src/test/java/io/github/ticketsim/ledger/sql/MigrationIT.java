package io.github.ticketsim.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Model;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tables of an earlier version keep what is in them. */
@Timeout(120)
class MigrationIT {
  private static final int PURCHASES = 50_000;

  @TempDir private Path folder;

  @Test
  void anIntentWithoutItsAttemptStaysOpenOnSqlite() throws Exception {
    requireOpenIntentsStay(RecordsUrl.parse("jdbc:sqlite:" + folder.resolve("records.db")));
  }

  @Test
  void anIntentWithoutItsAttemptStaysOpenOnPostgresql() throws Exception {
    try (var postgres = EmbeddedPostgres.builder().setServerConfig("autovacuum", "off").start()) {
      requireOpenIntentsStay(RecordsUrl.parse(postgres.getJdbcUrl("postgres", "postgres")));
    }
  }

  private static void requireOpenIntentsStay(RecordsUrl url) throws SQLException, IOException {
    SqlRuns.open(url).close();
    try (var connection = url.connect(RecordsUrl.Access.WRITE, RecordsUrl.LONG_TIMEOUT)) {
      takeBackVersion3(connection, url);
      for (var run = 1; run <= 2; run++) {
        begin(connection);
        buy(connection, run);
        if (run == 1) {
          // From here on the statistics know of one run.
          execute(connection, "ANALYZE");
        }
      }
    }
    SqlRuns.open(url).close();
    try (var connection = url.connect(RecordsUrl.Access.READ, RecordsUrl.LONG_TIMEOUT)) {
      for (var run = 1; run <= 2; run++) {
        assertThat(Rows.last(connection, run)).isEqualTo(PURCHASES - 2);
        assertThat(Intents.open(connection, run))
            .extracting(open -> open.incarnation() + " " + open.intent().key())
            .containsExactly("1 key-49999", "1 key-50000");
      }
    }
  }

  private static void takeBackVersion3(Connection on, RecordsUrl url)
      throws SQLException, IOException {
    for (var statement :
        List.of(
            "DELETE FROM ticket_schema_history WHERE version = '3'",
            "DROP TABLE ticket_open_intent",
            "DROP INDEX ticket_attempt_id",
            "CREATE UNIQUE INDEX ticket_attempt_id ON ticket_attempt (run, id)",
            version2()
                .replace("${clustered}", Objects.requireNonNull(url.dialect().get("clustered"))))) {
      execute(on, statement);
    }
  }

  private static String version2() throws IOException {
    try (var script = Schema.class.getResourceAsStream("V2__intents.sql")) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void begin(Connection to) throws SQLException {
    var run =
        Run.of(
            UUID.randomUUID(), Instant.EPOCH, "decr", Model.COUNTER, "key", 1, 0, Optional.empty());
    assertThat(RunRows.insert(to, run, RunRows.Source.SERVE)).isPresent();
  }

  /** So many with a key, the last two of them cut off. */
  private static void buy(Connection to, int run) throws SQLException {
    var id = "'00000000-0000-7000-8000-' || CAST(%d00000000000 + i AS varchar(12))".formatted(run);
    var numbers =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
            .formatted(PURCHASES);
    execute(
        to,
        numbers
            + " INSERT INTO ticket_intent (run, id, life, timestamp_ms, idempotency_key) SELECT %d,"
                .formatted(run)
            + " %s, 1, i, 'key-' || CAST(i AS varchar(12)) FROM n".formatted(id));
    execute(
        to,
        numbers
            + " INSERT INTO ticket_attempt (run, place, id, timestamp_ms, buyer, call_ns, outcome,"
            + " idempotency_key) SELECT %d, i, %s, i, i, i, 'indeterminate', 'key-' ||"
                .formatted(run, id)
            + " CAST(i AS varchar(12)) FROM n WHERE i <= %d - 2".formatted(PURCHASES));
  }

  private static void execute(Connection on, String sql) throws SQLException {
    try (var statement = on.createStatement()) {
      statement.execute(sql);
    }
  }
}
