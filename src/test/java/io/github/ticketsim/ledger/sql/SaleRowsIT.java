package io.github.ticketsim.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.ledger.Order;
import io.github.ticketsim.ledger.Particulars;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.selftest.RandomSales;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sales with customers, items, quantities, keys and orders, kept and read again. */
@Timeout(120)
class SaleRowsIT extends DatabaseFixture {
  private static final int SALES = 15;

  @ParameterizedTest
  @EnumSource
  void comesBackAsItWasKept(Kind kind) throws Exception {
    var url = url(kind);
    try (var runs = SqlRuns.open(url)) {
      for (var model : Model.values()) {
        var sales = new RandomSales(model, 3);
        for (var i = 0; i < SALES; i++) {
          var sale = named(sales.next(), i % 2 == 0);
          runs.keep(sale);
          var kept = SqlRuns.history(url).orElseThrow();
          assertThat(text(kept)).isEqualTo(text(sale));
          assertThat(Verifier.verify(kept)).isEqualTo(Verifier.verify(sale));
          // The next one has attempts of the same ids.
          execute(url, "DELETE FROM ticket_attempt");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneThatWasCutOffKeepsItsTerms(Kind kind) throws Exception {
    var url = url(kind);
    var sale = named(new RandomSales(Model.TALLY, 3).next(), true);
    try (var runs = SqlRuns.open(url)) {
      runs.keep(sale);
    }
    execute(url, "UPDATE ticket_run SET ended = 0");
    var kept = SqlRuns.history(url).orElseThrow();
    assertThat(kept.run().terms()).isEqualTo(sale.run().terms());
    assertThat(kept.ending()).isEqualTo(History.cutOff());
  }

  @ParameterizedTest
  @EnumSource
  void namesThatNoDatabaseKeepsComeBackAsTheyWere(Kind kind) throws Exception {
    var url = url(kind);
    var sale = named(new RandomSales(Model.TALLY, 3).next(), false);
    var names = List.of("\ud800", "\ud801", "a\0", "a ");
    var odd =
        new History(
            sale.run(),
            Attempts.of(names.stream().map(SaleRowsIT::attempt).toList()),
            List.of(),
            names.stream()
                .map(
                    name ->
                        new Order(name, Optional.of(name), Optional.of(name), OptionalInt.empty()))
                .toList(),
            sale.ending());
    try (var runs = SqlRuns.open(url)) {
      runs.keep(odd);
    }
    var kept = SqlRuns.history(url).orElseThrow();
    assertThat(kept.orders()).isEqualTo(odd.orders());
    assertThat(IntStream.range(0, names.size()).mapToObj(i -> kept.attempts().get(i).particulars()))
        .containsExactlyElementsOf(names.stream().map(SaleRowsIT::particulars).toList());
  }

  private static Attempt attempt(String name) {
    return Attempt.of(
            UUID.randomUUID(),
            0,
            0,
            OptionalLong.empty(),
            0,
            OptionalLong.of(1),
            new Outcome.Sold(OptionalLong.empty()))
        .with(particulars(name));
  }

  private static Particulars particulars(String name) {
    var some = Optional.of(name);
    return new Particulars(some, some, 1, some, some);
  }

  private static void execute(RecordsUrl url, String sql) throws SQLException {
    try (var connection = url.connect(RecordsUrl.Access.WRITE, RecordsUrl.LONG_TIMEOUT);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** With an id of its own, and a setup. */
  private static History named(History sale, boolean sameRequest) {
    var run = sale.run();
    var setup =
        new Run.Setup("1", "http", "1 purchase a buyer", 1, 1, OptionalLong.of(7), sameRequest);
    return new History(
        new Run(
            UUID.randomUUID(),
            run.started(),
            run.strategy(),
            run.brokenOnPurpose(),
            run.model(),
            run.key(),
            run.stock(),
            run.buyers(),
            run.warmUpMillis(),
            Optional.of(setup),
            run.terms()),
        sale.attempts(),
        sale.faults(),
        sale.orders(),
        sale.ending());
  }

  private String text(History history) throws IOException {
    var file = folder.resolve("history.ndjson");
    HistoryFile.write(history, file);
    return Files.readString(file);
  }
}
