package io.github.ticketsim.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ticketsim.Await;
import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.ledger.Records;
import io.github.ticketsim.ledger.RecordsException;
import io.github.ticketsim.ledger.Reservation;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.verify.Verdict;
import io.github.ticketsim.verify.Verifier;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recorded is there, on both databases, whatever happens to them or to us. */
@Timeout(120)
class SqlRecordsIT {
  private static final int MOST = 100_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final LongSupplier LEFT = TIMEOUT::toNanos;
  private static EmbeddedPostgres postgres;

  @TempDir private Path folder;

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

  private RecordsUrl url(Kind kind) throws Exception {
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
  private RecordsUrl afterKill(Kind kind, RecordsUrl url) throws Exception {
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

  private static void terminateConnections() throws SQLException {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name = 'ticket-sim'");
    }
  }

  private static Run run(long stock) {
    return new Run(
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
  private static Attempt bought(long value, long nanos) {
    return bought(UUID.randomUUID(), value, nanos);
  }

  private static Attempt bought(UUID id, long value, long nanos) {
    return ended(
        id,
        nanos,
        value >= 0
            ? new Outcome.Sold(OptionalLong.of(value))
            : new Outcome.SoldOut(OptionalLong.of(value)));
  }

  private static Attempt failed(UUID id, long nanos) {
    return ended(id, nanos, new Outcome.Failed("not sent"));
  }

  private static Attempt ended(UUID id, long nanos, Outcome outcome) {
    return new Attempt(
        id,
        1_795_335_631_456L,
        (int) nanos,
        OptionalLong.of(7),
        nanos,
        OptionalLong.of(nanos + 1),
        outcome);
  }

  private static void record(Records records, Attempt attempt) {
    record(records, attempt, Optional.empty());
  }

  private static void record(Records records, Attempt attempt, String key) {
    var intent = new Records.Intent(attempt.id(), attempt.timestampMillis(), key);
    record(records, attempt, Optional.of(intent));
  }

  private static void record(Records records, Attempt attempt, Optional<Records.Intent> intent) {
    try {
      records.reserve(intent, LEFT).record(attempt);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Attempt> read(Records records, Optional<UUID> after) {
    var read = new ArrayList<Attempt>();
    try (var cursor = records.read(after).orElseThrow()) {
      for (var next = cursor.next(); next.isPresent(); next = cursor.next()) {
        read.add(next.get());
      }
    }
    return read;
  }

  @ParameterizedTest
  @EnumSource
  void whatIsAppendedIsReadInOrderInTheNextIncarnation(Kind kind) throws Exception {
    var url = url(kind);
    var attempts = new ArrayList<Attempt>();
    IntStream.range(0, 2_500).forEach(i -> attempts.add(bought(999 - i, i * 10L)));
    attempts.add(
        new Attempt(
            UUID.randomUUID(),
            1,
            3,
            OptionalLong.empty(),
            40_000,
            OptionalLong.empty(),
            new Outcome.Indeterminate("no reply\0 within 2 s: Ärger")));
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.begin(run(1_000), MOST)) {
      attempts.forEach(attempt -> record(records, attempt));
      record(records, bought(-2_000, 50_000), "key-1");
      records.end(2_502, new Ending(Settlement.settled(-2_000), Ending.Cut.NONE));
    }
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.carryOn(claim.sale().orElseThrow(), MOST)) {
      var read = read(records, Optional.empty());
      assertThat(read).hasSize(2_502);
      assertThat(read.subList(0, 2_500)).isEqualTo(attempts.subList(0, 2_500));
      assertThat(((Outcome.Indeterminate) read.get(2_500).outcome()).error())
          .isEqualTo("no reply  within 2 s: Ärger");
      assertThat(read(records, Optional.of(attempts.get(2_400).id())))
          .isEqualTo(read.subList(2_401, 2_502));
      assertThat(records.read(Optional.of(UUID.randomUUID()))).isEmpty();
      assertThat(records.past().keyed()).containsOnlyKeys("key-1");
      assertThat(records.past().nanos()).isGreaterThan(50_001);
      assertThat(records.past().buyers()).isEqualTo(50_001);
      assertThat(records.snapshot().attempts().size()).isEqualTo(2_502);
    }
  }

  /** Three tickets were taken when the service died; nobody was told of them. */
  @ParameterizedTest
  @EnumSource
  void anIncarnationThatDiedLeavesAttemptsOfUnknownFate(Kind kind) throws Exception {
    var url = url(kind);
    var recorded = SaleClaim.of(url, "key").begin(run(10), MOST);
    record(recorded, bought(9, 1));
    record(recorded, bought(6, 3));
    var killed = afterKill(kind, url);
    try (var claim = SaleClaim.of(killed, "key")) {
      var sale = claim.sale().orElseThrow();
      assertThat(sale.left()).isEqualTo(6);
      try (var records = claim.carryOn(sale, MOST)) {
        var begin = records.past().nanos();
        for (var value = 4; value >= -4; value--) {
          record(records, bought(value, begin + 10 - value));
        }
        assertThat(read(records, Optional.empty())).hasSize(11);
        var all = records.snapshot().attempts();
        assertThat(all.count(Outcome.Kind.INDETERMINATE)).isEqualTo(SqlRecords.UNRECORDED_PERMITS);
        records.end(11, new Ending(Settlement.settled(-4), Ending.Cut.NONE));
      }
      var history = SqlRuns.history(killed).orElseThrow();
      assertThat(Verifier.verify(history).result()).isEqualTo(Verdict.Result.VALID);
    }
    recorded.close();
  }

  /** The service dies between the intent and the record; the ticket may be gone. */
  @ParameterizedTest
  @EnumSource
  void aKeyWhosePurchaseWasCutOffIsOfUnknownFateForEver(Kind kind) throws Exception {
    var url = url(kind);
    var recorded = SaleClaim.of(url, "key").begin(run(10), MOST);
    var done = intent("done");
    recorded.reserve(Optional.of(done), LEFT).record(bought(done.id(), 9, 1));
    var failed = intent("failed");
    recorded.reserve(Optional.of(failed), LEFT).record(failed(failed.id(), 3));
    var cutOff = intent("cut off");
    var _ = recorded.reserve(Optional.of(cutOff), LEFT);
    var killed = afterKill(kind, url);
    for (var incarnation = 0; incarnation < 2; incarnation++) {
      try (var claim = SaleClaim.of(killed, "key");
          var records = claim.carryOn(claim.sale().orElseThrow(), MOST)) {
        assertThat(claim.sale().orElseThrow().left()).as("one sold, one in doubt").isEqualTo(8);
        var keyed = records.past().keyed();
        assertThat(keyed).containsOnlyKeys("done", "cut off");
        var unknown = Objects.requireNonNull(keyed.get("cut off"));
        assertThat(unknown.id()).isEqualTo(cutOff.id());
        assertThat(unknown.timestampMillis()).isEqualTo(cutOff.timestampMillis());
        assertThat(unknown.outcome()).isInstanceOf(Outcome.Indeterminate.class);
        var all = records.snapshot().attempts();
        assertThat(IntStream.range(0, all.size()).mapToObj(i -> all.get(i).id()))
            .doesNotHaveDuplicates()
            .contains(done.id(), failed.id(), cutOff.id())
            .hasSize(2 + SqlRecords.UNRECORDED_PERMITS);
        records.end(3, new Ending(Settlement.settled(8), Ending.Cut.NONE));
      }
    }
    recorded.close();
  }

  private static Records.Intent intent(String key) {
    return new Records.Intent(UUID.randomUUID(), 1_795_335_631_789L, key);
  }

  /** Else a purchase is read as intended, and then as made. */
  @ParameterizedTest
  @EnumSource
  void whoJudgesSeesTheRecordsAsTheyWereAtOneMoment(Kind kind) throws Exception {
    var url = url(kind);
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.begin(run(10), MOST);
        var reader = new Database(url, RecordsUrl.Access.READ, TIMEOUT)) {
      var intent = intent("key-1");
      var reservation = records.reserve(Optional.of(intent), LEFT);
      var recorded =
          reader.apply(
              in -> {
                var run = RunRows.byId(in, records.run().id()).orElseThrow().number();
                assertThat(Intents.open(in, run)).hasSize(1);
                reservation.record(bought(intent.id(), 9, 1));
                return Rows.last(in, run);
              });
      assertThat(recorded).isZero();
      assertThat(read(records, Optional.empty())).hasSize(1);
    }
  }

  @Test
  void noMoreReservationsThanPermitsAreUnrecorded() throws Exception {
    try (var claim = SaleClaim.of(url(Kind.SQLITE), "key");
        var records = claim.begin(run(1_000), MOST)) {
      var reservations = new ArrayList<Reservation>();
      for (var i = 0; i < SqlRecords.UNRECORDED_PERMITS; i++) {
        reservations.add(records.reserve(Optional.empty(), LEFT));
      }
      assertThatThrownBy(() -> records.reserve(Optional.empty(), () -> 0))
          .isInstanceOf(RecordsException.class)
          .hasMessageContaining("256 purchases");
      records.recordUnsent(failed(UUID.randomUUID(), 1));
      assertThatThrownBy(() -> records.reserve(Optional.empty(), () -> 0))
          .as("an attempt without a permit gives none back")
          .isInstanceOf(RecordsException.class);
      reservations.getFirst().record(bought(999, 2));
      var _ = records.reserve(Optional.empty(), LEFT);
      assertThatThrownBy(() -> records.reserve(Optional.empty(), () -> 0))
          .isInstanceOf(RecordsException.class);
    }
  }

  /** The ticket may be taken, and the next one must not add to it. */
  @Test
  void anAttemptThatIsNotWrittenInTimeKeepsItsPermitUntilItIs() throws Exception {
    var file = folder.resolve("records.db");
    var away = folder.resolve("away.db");
    try (var claim = SaleClaim.of(url(Kind.SQLITE), "key");
        var records = claim.begin(run(1_000), MOST)) {
      var reservations = new ArrayList<Reservation>();
      for (var i = 0; i < SqlRecords.UNRECORDED_PERMITS; i++) {
        reservations.add(records.reserve(Optional.empty(), LEFT));
      }
      Files.move(file, away);
      assertThatThrownBy(() -> reservations.getFirst().record(bought(999, 1)))
          .isInstanceOf(RecordsException.class);
      assertThatThrownBy(() -> records.reserve(Optional.empty(), () -> 0))
          .isInstanceOf(RecordsException.class)
          .hasMessageContaining("256 purchases");
      Files.move(away, file);
      var _ = records.reserve(Optional.empty(), LEFT);
    }
  }

  @Test
  void anIntentThatCouldNotBeKeptInTimeIsTakenBack() throws Exception {
    var url = url(Kind.SQLITE);
    var file = folder.resolve("records.db");
    var away = folder.resolve("away.db");
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.begin(run(10), MOST)) {
      Files.move(file, away);
      assertThatThrownBy(() -> records.reserve(Optional.of(intent("late")), LEFT))
          .isInstanceOf(RecordsException.class);
      assertThat(records.unavailableReason()).isPresent();
      Files.move(away, file);
      Await.until("it is written", () -> records.unavailableReason().isEmpty());
      records.end(0, new Ending(Settlement.settled(10), Ending.Cut.NONE));
    }
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.carryOn(claim.sale().orElseThrow(), MOST)) {
      assertThat(records.past().keyed()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyAnIncarnationThatSettledLeftNothingBehind(Kind kind) throws Exception {
    var url = url(kind);
    try (var claim = SaleClaim.of(url, "key");
        var unsettled = claim.begin(run(10), MOST)) {
      record(unsettled, bought(9, 1));
      unsettled.end(
          1, new Ending(Settlement.unsettled(OptionalLong.of(9), "under way"), Ending.Cut.NONE));
    }
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.carryOn(claim.sale().orElseThrow(), MOST)) {
      // It is closed, and nobody has said how it ended.
      var _ = records.reserve(Optional.empty(), LEFT);
    }
    try (var claim = SaleClaim.of(url, "key");
        var settled = claim.carryOn(claim.sale().orElseThrow(), MOST)) {
      settled.end(1, new Ending(Settlement.settled(9), Ending.Cut.NONE));
    }
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.carryOn(claim.sale().orElseThrow(), MOST)) {
      assertThat(records.snapshot().attempts().count(Outcome.Kind.INDETERMINATE))
          .isEqualTo(2 * SqlRecords.UNRECORDED_PERMITS);
    }
  }

  /** As by a service that cannot start after all. */
  @ParameterizedTest
  @EnumSource
  void anIncarnationInWhichNothingCouldBeTakenChangesNothing(Kind kind) throws Exception {
    var url = url(kind);
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.begin(run(1), MOST)) {
      record(records, bought(0, 1));
      records.end(1, new Ending(Settlement.settled(0), Ending.Cut.NONE));
    }
    var ended = SqlRuns.history(url).orElseThrow();
    assertThat(ended.ending().settlement().settled()).isTrue();
    try (var claim = SaleClaim.of(url, "key");
        var _ = claim.carryOn(claim.sale().orElseThrow(), MOST)) {
      assertThat(SqlRuns.history(url).orElseThrow().ending()).isNotEqualTo(ended.ending());
    }
    var history = SqlRuns.history(url).orElseThrow();
    assertThat(history.run()).isEqualTo(ended.run());
    assertThat(history.ending()).isEqualTo(ended.ending());
    assertThat(history.attempts().size()).isEqualTo(1);
  }

  @Test
  void aFileThatIsGoneIsNoticedAndWhatItMissesIsWrittenWhenItIsBack() throws Exception {
    var url = url(Kind.SQLITE);
    var file = folder.resolve("records.db");
    var away = folder.resolve("away.db");
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.begin(run(10), MOST)) {
      record(records, bought(9, 1));
      Files.move(file, away);
      assertThatThrownBy(() -> record(records, bought(8, 3)))
          .isInstanceOf(RecordsException.class)
          .hasMessageContaining("gone");
      assertThat(records.unavailableReason()).isPresent();
      assertThatThrownBy(records::snapshot).isInstanceOf(RecordsException.class);
      Files.move(away, file);
      Await.until("it is written", () -> records.unavailableReason().isEmpty());
      record(records, bought(7, 5));
      assertThat(read(records, Optional.empty()).stream().map(Attempt::callNanos))
          .containsExactly(1L, 3L, 5L);
    }
  }

  /** Somebody else is told than whose record it is. */
  @ParameterizedTest
  @ValueSource(strings = {"CHECK (place < 2)", "UNIQUE (idempotency_key)"})
  void whatTheDatabaseRefusesIsSaidWithoutRepeatingIt(String constraint) throws Exception {
    var url = url(Kind.POSTGRESQL);
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.begin(run(10), MOST)) {
      try (var connection = url.connect(RecordsUrl.Access.WRITE, RecordsUrl.TIMEOUT);
          var statement = connection.createStatement()) {
        statement.execute("ALTER TABLE ticket_attempt ADD CONSTRAINT mine " + constraint);
      }
      record(records, bought(9, 1), "secret-key");
      assertThatThrownBy(() -> record(records, bought(8, 3), "secret-key"))
          .isInstanceOf(RecordsException.class)
          .hasMessageContaining("mine")
          .hasMessageNotContaining("secret-key")
          .hasMessageNotContaining("INSERT");
    }
  }

  /** Both write to one file, which lets one write at a time. */
  @Test
  void aBigStormThatIsKeptLetsAServiceGoOn() throws Exception {
    var url = url(Kind.SQLITE);
    var ledger = new Ledger();
    IntStream.range(0, 200_000).forEach(i -> ledger.append(bought(-i, i)));
    var storm =
        new History(
            run(10).withBuyers(200_000),
            ledger.freeze(),
            new Ending(Settlement.settled(-200_000), Ending.Cut.NONE));
    var kept = new ArrayList<Long>();
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.begin(run(10), MOST);
        var runs =
            SqlRuns.open(
                url,
                () -> {
                  record(records, bought(9 - kept.size(), kept.size()));
                  kept.add(attempts(url, storm.run()));
                })) {
      runs.keep(storm);
      assertThat(kept)
          .as("kept when the service wrote")
          .containsExactly(50_000L, 100_000L, 150_000L);
      assertThat(attempts(url, storm.run())).isEqualTo(200_000);
      runs.keep(storm);
      assertThat(attempts(url, storm.run())).as("kept once").isEqualTo(200_000);
    }
  }

  private static long attempts(RecordsUrl url, Run run) {
    try (var connection = url.connect(RecordsUrl.Access.WRITE, RecordsUrl.TIMEOUT);
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT count(*) FROM ticket_attempt WHERE run ="
                    + " (SELECT number FROM ticket_run WHERE run = '%s')".formatted(run.id()))) {
      return row.next() ? row.getLong(1) : 0;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aServerThatWasRestartedIsUsedAgain() throws Exception {
    var url = url(Kind.POSTGRESQL);
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.begin(run(10), MOST)) {
      record(records, bought(9, 1));
      terminateConnections();
      assertThatThrownBy(() -> record(records, bought(8, 3))).isInstanceOf(RecordsException.class);
      Await.until("it is written", () -> records.unavailableReason().isEmpty());
      assertThat(read(records, Optional.empty())).hasSize(2);
    }
  }

  /** The database had done it, and only its word for it was lost. */
  @Test
  void whatIsWrittenIsNotWrittenAgainWhenTheAnswerIsLost() throws Exception {
    try (var proxy = new LosingProxy(postgres.getPort());
        var claim =
            SaleClaim.of(
                RecordsUrl.parse(
                    "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres&preferQueryMode=simple"
                        .formatted(proxy.port())),
                "key");
        var records = claim.begin(run(10), MOST)) {
      record(records, bought(9, 1));
      proxy.loseTheNextCommit();
      assertThatThrownBy(() -> record(records, bought(8, 3))).isInstanceOf(RecordsException.class);
      assertThat(proxy.hasLost()).isTrue();
      Await.until("it is known to be written", () -> records.unavailableReason().isEmpty());
      record(records, bought(7, 5));
      assertThat(read(records, Optional.empty()).stream().map(Attempt::callNanos))
          .containsExactly(1L, 3L, 5L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeyIsSoldFromByOneServiceAtATime(Kind kind) throws Exception {
    var url = url(kind);
    try (var claim = SaleClaim.of(url, "key");
        var _ = SaleClaim.of(url, "another key")) {
      // Before there is a sale, and while there is.
      for (var begun = 0; begun < 2; begun++) {
        assertThatThrownBy(() -> SaleClaim.of(url, "key"))
            .isInstanceOf(RecordsUnavailableException.class)
            .hasMessageContaining("another service")
            .hasMessageContaining("'key'");
        if (begun == 0) {
          var _ = claim.begin(run(10), MOST);
        }
      }
    }
    try (var claim = SaleClaim.of(url, "key")) {
      claim.carryOn(claim.sale().orElseThrow(), MOST).close();
    }
    SaleClaim.of(url, "key").close();
  }

  @ParameterizedTest
  @EnumSource
  void tablesOfALaterVersionAreLeftAlone(Kind kind) throws Exception {
    var url = url(kind);
    SqlRuns.open(url).close();
    try (var connection = url.connect(RecordsUrl.Access.WRITE, RecordsUrl.TIMEOUT);
        var statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO ticket_schema_history (installed_rank, version, description, type, script,"
              + " checksum, installed_by, execution_time, success) SELECT installed_rank + 1,"
              + " '99', 'later', 'SQL', 'V99__later.sql', 1, installed_by, 1, success FROM"
              + " ticket_schema_history WHERE version = '3'");
    }
    assertThatThrownBy(() -> SqlRuns.open(url))
        .isInstanceOf(RecordsUnavailableException.class)
        .hasMessageContaining("version 99");
  }

  @ParameterizedTest
  @EnumSource
  void readingMakesNoTablesAmongThoseOfOthers(Kind kind) throws Exception {
    var url = url(kind);
    try (var connection = url.connect(RecordsUrl.Access.CREATE, RecordsUrl.TIMEOUT);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE others (one integer)");
      assertThat(SqlRuns.history(url)).isEmpty();
      try (var tables = connection.getMetaData().getTables(null, null, "ticket%", null)) {
        assertThat(tables.next()).isFalse();
      }
    }
  }

  @Test
  void tablesOfAnotherSchemaAreNotOurs() throws Exception {
    var url = url(Kind.POSTGRESQL);
    try (var connection = url.connect(RecordsUrl.Access.WRITE, RecordsUrl.TIMEOUT);
        var statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA others");
      SqlRuns.open(RecordsUrl.parse(url.label() + "?user=postgres&currentSchema=others")).close();
    }
    assertThat(SqlRuns.history(url)).isEmpty();
  }

  @Test
  void whoMayOnlyReadCanJudge() throws Exception {
    var url = url(Kind.POSTGRESQL);
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.begin(run(1), MOST)) {
      record(records, bought(0, 1));
      records.end(1, new Ending(Settlement.settled(0), Ending.Cut.NONE));
    }
    try (var connection = url.connect(RecordsUrl.Access.WRITE, RecordsUrl.TIMEOUT);
        var statement = connection.createStatement()) {
      statement.execute("CREATE ROLE reader LOGIN");
      statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader");
    }
    var reader =
        RecordsUrl.parse(
            "jdbc:postgresql://127.0.0.1:%d%s?user=reader"
                .formatted(
                    postgres.getPort(), url.label().substring(url.label().lastIndexOf('/'))));
    assertThat(SqlRuns.history(reader).orElseThrow().attempts().size()).isEqualTo(1);
  }

  @Test
  void aFileInAFolderThatIsNotOursCanBeJudged() throws Exception {
    var url = url(Kind.SQLITE);
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.begin(run(1), MOST)) {
      assertThat(url.readingUrl(_ -> false)).as("while it is open").endsWith("records.db");
      record(records, bought(0, 1));
    }
    assertThat(url.readingUrl(_ -> true)).endsWith("records.db");
    assertThat(url.readingUrl(_ -> false)).endsWith("records.db?immutable=1");
    // Root may write there all the same.
    assertThat(folder.toFile().setWritable(false)).isTrue();
    try {
      assertThat(SqlRuns.history(url).orElseThrow().run().stock()).isEqualTo(1);
    } finally {
      assertThat(folder.toFile().setWritable(true)).isTrue();
    }
  }

  @Test
  void tablesOfAnEarlierVersionAreLeftAsTheyAreByWhoReads() throws Exception {
    var url = url(Kind.SQLITE);
    SqlRuns.open(url).close();
    try (var connection = url.connect(RecordsUrl.Access.WRITE, RecordsUrl.TIMEOUT);
        var statement = connection.createStatement()) {
      statement.execute("DELETE FROM ticket_schema_history WHERE version = '3'");
      statement.execute("ALTER TABLE ticket_open_intent RENAME TO ticket_intent");
      assertThatThrownBy(() -> SqlRuns.history(url))
          .isInstanceOf(RecordsUnavailableException.class)
          .hasMessageContaining("earlier ticket-sim");
    }
    SqlRuns.open(url).close();
    assertThat(SqlRuns.history(url)).isEmpty();
  }

  @Test
  void anAddressIsShownWithoutItsSecrets() {
    assertThat(RecordsUrl.parse("jdbc:postgresql://h:1,[::1]/d?user=joe&password=secret").label())
        .isEqualTo("jdbc:postgresql://h:1,[::1]/d");
    assertThatThrownBy(() -> RecordsUrl.parse("jdbc:postgresql://joe:secret@h:1/d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> RecordsUrl.parse("jdbc:mysql://h/d?password=secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> RecordsUrl.parse("jdbc:sqlite::memory:"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
