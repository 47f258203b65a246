package io.github.ticketsim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.selftest.SampleSale;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Check.Status;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReductionScaleTest {
  private static final int SCALE = 1_000_000;

  @ParameterizedTest
  @EnumSource
  void aMillionAttemptsAreReducedToAFew(Model model) {
    var random = new Random(1);
    var sale =
        SampleSale.legal(
            model, SCALE * 6 / 10, new SampleSale.Shape(SCALE, 10, 500, 0.1, 0.1), random);
    var lost = random.nextInt(SCALE / 2);
    while (!(sale.at(lost).outcome() instanceof Outcome.Sold)) {
      lost++;
    }
    var later = sale.attempts().size() - 1;
    var history =
        sale.with(later, sale.at(lost).outcome())
            .settled(Settlement.settled(sale.left() + 1))
            .history(random);
    var verdict = Verifier.verify(history);

    var part = Reduction.of(history, verdict).orElseThrow();

    assertThat(part.attempts().size()).isBetween(1, 5);
    assertThat(failed(Verifier.verify(part))).isEqualTo(failed(verdict)).isNotEmpty();
  }

  private static List<Name> failed(Judgement verdict) {
    return verdict.checks().stream()
        .filter(check -> check.status() == Status.FAIL)
        .map(Check::name)
        .toList();
  }
}
