package io.github.ticketsim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.selftest.RandomSales;
import io.github.ticketsim.selftest.SaleSearch;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.verify.Judgement.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Verdicts on sales with customers, items, quantities, keys and orders against a search. */
class SaleVerifierTest {
  private static final int SALES = Integer.getInteger("sales", 20_000);
  private static final long SEED = Long.getLong("seed", 7);

  /** The rules on limits ask for less than one order of all; so few sales are let pass by that. */
  private static final double MOST_MISSED = 0.004;

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @EnumSource
  void neverAccusesASaleThatSomeOrderExplains(Model model) throws Exception {
    var sales = new RandomSales(model, SEED);
    var missed = 0;
    var explained = 0;
    for (var i = 0; i < SALES; i++) {
      var history = sales.next();
      var verdict = Verifier.verify(history);
      var legal = SaleSearch.explains(history);
      explained += legal ? 1 : 0;
      if (legal) {
        assertThat(verdict.result()).as(text(history)).isNotEqualTo(Result.INVALID);
      } else if (verdict.result() != Result.INVALID) {
        missed++;
        show(history);
      }
    }
    assertThat(explained).isBetween(SALES / 10, 9 * SALES / 10);
    assertThat(missed).isLessThan((int) (SALES * MOST_MISSED));
  }

  @ParameterizedTest
  @EnumSource
  void aPartFailsNoCheckThatTheWholePasses(Model model) throws Exception {
    var sales = new RandomSales(model, SEED + 1);
    for (var i = 0; i < SALES / 20; i++) {
      var history = sales.next();
      var verdict = Verifier.verify(history);
      if (verdict.result() == Result.INVALID) {
        var part = Reduction.of(history, verdict);
        assertThat(part).as(text(history)).isPresent();
        var again = Verifier.verify(part.get());
        assertThat(again.result()).as(text(history)).isEqualTo(Result.INVALID);
        assertThat(Reduction.failed(verdict))
            .as(text(history))
            .containsAll(Reduction.failed(again));
      }
    }
  }

  private void show(History history) throws IOException {
    if (Boolean.getBoolean("misses")) {
      System.out.println(text(history));
    }
  }

  private String text(History history) throws IOException {
    var file = folder.resolve("history.ndjson");
    HistoryFile.write(history, file);
    return Files.readString(file);
  }
}
