package io.github.ticketsim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Particulars;
import io.github.ticketsim.selftest.Histories;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Judgement.Result;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums of more tickets than a set of bits can count. */
class QuantityTallyRulesTest {

  private static void indeterminate(Histories history, int number, int quantity) {
    history.add(
        Histories.attempt(
                number, number, OptionalLong.empty(), new Outcome.Indeterminate("no reply"))
            .with(
                new Particulars(
                    Optional.empty(),
                    Optional.empty(),
                    quantity,
                    Optional.empty(),
                    Optional.empty())));
  }

  @ParameterizedTest
  @CsvSource({
    // stock, attempts, of each, left
    "5_000_000_000, 3, 2_000_000_000, 999_999_999",
    "5_000_000_000, 3, 2_000_000_000, -1_000_000_001",
    "1_800_000_000, 2, 1_500_000_000, 299_999_999",
  })
  void areNotSearched(String stock, int attempts, String each, String left) {
    var verdict = verdict(number(stock), attempts, (int) number(each), number(left));
    assertThat(verdict.result()).isEqualTo(Result.UNKNOWN);
    assertThat(verdict.advice())
        .anyMatch(advice -> advice.problem().contains("was not searched to the end"));
  }

  @Test
  void fewerAreSearched() {
    assertThat(verdict(5_000, 3, 2_000, 999).advice()).containsExactly(Advice.Lack.REPLIES);
    assertThat(verdict(5_000, 3, 2_000, 1_000).result()).isEqualTo(Result.INVALID);
  }

  private static Judgement verdict(long stock, int attempts, int each, long left) {
    var history = Histories.tally(stock).sold(0, 1);
    for (var i = 1; i <= attempts; i++) {
      indeterminate(history, i, each);
    }
    return Verifier.verify(history.left(left).build());
  }

  private static long number(String text) {
    return Long.parseLong(text.replace("_", ""));
  }
}
