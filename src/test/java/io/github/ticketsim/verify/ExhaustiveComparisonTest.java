package io.github.ticketsim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.selftest.ExhaustiveSearch;
import io.github.ticketsim.selftest.RandomHistories;
import io.github.ticketsim.stock.Model;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The verifier decides without a search what {@link ExhaustiveSearch} decides with one. */
class ExhaustiveComparisonTest {
  private static final int HISTORIES = 25_000;
  private static final int LEAST_SHARE_PERCENT = 15;

  /** What a failure must show; put into words only then. */
  private record Context(int seed, History history) {

    @Override
    public String toString() {
      var run = history.run();
      var attempts = history.attempts();
      return IntStream.range(0, attempts.size())
          .mapToObj(i -> "  " + attempts.get(i))
          .collect(
              Collectors.joining(
                  "\n",
                  "the history of seed %d, model %s, stock %d:\n"
                      .formatted(seed, run.model(), run.stock()),
                  "\n  %s".formatted(history.ending())));
    }
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithExhaustiveSearch(Model model) {
    var legal = 0;
    for (var seed = 0; seed < HISTORIES; seed++) {
      var history = new RandomHistories(model, seed).next();
      assertThat(ExhaustiveSearch.trial(history).fault(Verifier::verify))
          .as("%s", new Context(seed, history))
          .isEmpty();
      if (ExhaustiveSearch.explains(history)) {
        legal++;
      }
    }
    assertThat(100.0 * legal / HISTORIES)
        .as("percent of legal histories")
        .isBetween((double) LEAST_SHARE_PERCENT, 100.0 - LEAST_SHARE_PERCENT);
  }
}
