package io.github.ticketsim.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.verify.Judgement.Result;
import io.github.ticketsim.verify.Verifier;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
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

  private static void requireOpenIntentsStay(RecordsUrl url) throws SQLException {
    Schema.migrate(url, "2");
    try (var connection = url.connect(RecordsUrl.Access.WRITE, RecordsUrl.LONG_TIMEOUT)) {
      for (var run = 1; run <= 2; run++) {
        begin(connection, run, "SERVE");
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

  /** As earlier versions did. */
  private static void begin(Connection to, int number, String origin) throws SQLException {
    execute(
        to,
        "INSERT INTO ticket_run (run, kind, started_ms, strategy, broken_on_purpose, model,"
            + " stock_key, stock, buyers, warm_up_ms, ended, settled, cut) VALUES"
            + " ('01a20257-b113-7ccc-8ddd-00000000000%d', '%s', 0, 'decr', 0, 'counter', 'key', 1,"
                .formatted(number, origin)
            + " 2, 0, 0, 0, 'none')");
  }

  @Test
  void aStormOfVersion3IsJudgedAsItWasOnSqlite() throws Exception {
    requireStormStays(RecordsUrl.parse("jdbc:sqlite:" + folder.resolve("records.db")));
  }

  @Test
  void aStormOfVersion3IsJudgedAsItWasOnPostgresql() throws Exception {
    try (var postgres = EmbeddedPostgres.start()) {
      requireStormStays(RecordsUrl.parse(postgres.getJdbcUrl("postgres", "postgres")));
    }
  }

  private static void requireStormStays(RecordsUrl url) throws Exception {
    Schema.migrate(url, "3");
    try (var connection = url.connect(RecordsUrl.Access.WRITE, RecordsUrl.LONG_TIMEOUT);
        var insert = connection.prepareStatement(Rows.INSERT)) {
      begin(connection, 1, "STORM");
      for (var i = 0; i < 2; i++) {
        Rows.bind(insert, 1, i + 1L, DatabaseFixture.bought(-i, i), Optional.empty());
        insert.executeUpdate();
      }
      execute(
          connection, "UPDATE ticket_run SET ended = 1, counter_left = -1, settled = 1, seed = 7");
      execute(connection, "UPDATE ticket_run SET version = '1', server = 'Redis', pool = 1");
    }
    SqlRuns.open(url).close();

    var history = SqlRuns.history(url).orElseThrow();
    assertThat(history.plain()).isTrue();
    assertThat(history.run().setup().orElseThrow().sameRequest()).isFalse();
    assertThat(Verifier.verify(history).result()).isEqualTo(Result.VALID);
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
