package io.github.ticketsim.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ticketsim.Await;
import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.ledger.RecordsException;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Settlement;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is lost or written twice, whatever happens to the database. */
@Timeout(120)
class DatabaseFailureIT extends DatabaseFixture {
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

  /**
   * Another program holds the file for longer than the purchase has, and it is no failure of it.
   */
  @Test
  void anIntentIsGivenUpWhenItsTimeIsOverAndNotWhenTheDatabaseGivesUp() throws Exception {
    var url = url(Kind.SQLITE);
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.begin(run(10), MOST);
        var other = url.connect(RecordsUrl.Access.WRITE, TIMEOUT);
        var statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(
              () -> records.reserve(Optional.of(intent("late")), () -> TIMEOUT.toNanos() / 50))
          .isInstanceOf(RecordsException.class)
          .hasMessage("the database took too long");
      assertThat(records.unavailableReason()).isEmpty();
      statement.execute("ROLLBACK");
      record(records, bought(9, 1), "in time");
      assertThat(read(records, Optional.empty())).hasSize(1);
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
        History.of(
            run(10).withBuyers(200_000),
            ledger.freeze(),
            new Ending(Settlement.settled(-200_000), Ending.StopReason.NONE));
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
}
