package io.github.ticketsim.ledger.sql;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Records;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A new database of either kind for each test, and attempts to record. */
abstract class DatabaseFixture {
  static final int MOST = 100_000;
  static final Duration TIMEOUT = Duration.ofSeconds(5);
  static final LongSupplier LEFT = TIMEOUT::toNanos;
  static EmbeddedPostgres postgres;

  @TempDir Path folder;

  enum Kind {
    SQLITE,
    POSTGRESQL
  }

  @BeforeAll
  static void startPostgres() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stopPostgres() throws IOException {
    postgres.close();
  }

  RecordsUrl url(Kind kind) throws Exception {
    return switch (kind) {
      case SQLITE -> RecordsUrl.parse("jdbc:sqlite:" + folder.resolve("records.db"));
      case POSTGRESQL -> {
        var name = "t" + UUID.randomUUID().toString().replace("-", "");
        try (var connection = postgres.getPostgresDatabase().getConnection();
            var statement = connection.createStatement()) {
          statement.execute("CREATE DATABASE " + name);
        }
        yield RecordsUrl.parse(postgres.getJdbcUrl("postgres", name));
      }
    };
  }

  /** What a process that is killed leaves: it closes nothing. */
  RecordsUrl afterKill(Kind kind, RecordsUrl url) throws Exception {
    return switch (kind) {
      case SQLITE -> {
        for (var suffix : List.of("", "-wal")) {
          Files.copy(folder.resolve("records.db" + suffix), folder.resolve("killed.db" + suffix));
        }
        yield RecordsUrl.parse("jdbc:sqlite:" + folder.resolve("killed.db"));
      }
      case POSTGRESQL -> {
        terminateConnections();
        yield url;
      }
    };
  }

  static void terminateConnections() throws SQLException {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name = 'ticket-sim'");
    }
  }

  static Run run(long stock) {
    return Run.of(
        UUID.randomUUID(),
        Instant.ofEpochMilli(1_795_335_631_123L),
        "decr",
        Model.COUNTER,
        "key",
        stock,
        0,
        Optional.empty());
  }

  /** The attempt that got {@code value}, {@code nanos} after the sale began. */
  static Attempt bought(long value, long nanos) {
    return bought(UUID.randomUUID(), value, nanos);
  }

  static Attempt bought(UUID id, long value, long nanos) {
    return ended(
        id,
        nanos,
        value >= 0
            ? new Outcome.Sold(OptionalLong.of(value))
            : new Outcome.SoldOut(OptionalLong.of(value)));
  }

  static Attempt failed(UUID id, long nanos) {
    return ended(id, nanos, new Outcome.Failed("not sent"));
  }

  static Attempt ended(UUID id, long nanos, Outcome outcome) {
    return Attempt.of(
        id,
        1_795_335_631_456L,
        (int) nanos,
        OptionalLong.of(7),
        nanos,
        OptionalLong.of(nanos + 1),
        outcome);
  }

  static void record(Records records, Attempt attempt) {
    record(records, attempt, Optional.empty());
  }

  static void record(Records records, Attempt attempt, String key) {
    var intent = new Records.Intent(attempt.id(), attempt.timestampMillis(), key);
    record(records, attempt, Optional.of(intent));
  }

  static void record(Records records, Attempt attempt, Optional<Records.Intent> intent) {
    try {
      records.reserve(intent, LEFT).record(attempt);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static List<Attempt> read(Records records, Optional<UUID> after) {
    var read = new ArrayList<Attempt>();
    try (var cursor = records.read(after).orElseThrow()) {
      for (var next = cursor.next(); next.isPresent(); next = cursor.next()) {
        read.add(next.get());
      }
    }
    return read;
  }

  static Records.Intent intent(String key) {
    return new Records.Intent(UUID.randomUUID(), 1_795_335_631_789L, key);
  }
}
