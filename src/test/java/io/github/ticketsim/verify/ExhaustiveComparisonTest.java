package io.github.ticketsim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Check.Status;
import io.github.ticketsim.verify.Verdict.Result;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The verifier decides without a search what {@link BruteForce} decides with one. */
class ExhaustiveComparisonTest {
  private static final int HISTORIES = 25_000;
  private static final int LEAST_SHARE_PERCENT = 15;

  /** What a failure must show; put into words only then. */
  private record Context(int seed, History history, Verdict verdict) {

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
                  "\n  %s\n%s".formatted(history.ending(), verdict)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithExhaustiveSearch(Model model) {
    var legal = 0;
    for (var seed = 0; seed < HISTORIES; seed++) {
      var history = new RandomHistories(model, seed).next();
      var verdict = Verifier.verify(history);
      var explanation = BruteForce.explain(history);
      var context = new Context(seed, history, verdict);
      if (explanation.isEmpty()) {
        assertThat(verdict.result()).as("no order explains %s", context).isEqualTo(Result.INVALID);
        continue;
      }
      legal++;
      assertThat(verdict.result())
          .as("some order explains %s", context)
          .isEqualTo(provesLittle(history) ? Result.UNKNOWN : Result.VALID);
      assertThat(verdict.sold()).as("sold in %s", context).isEqualTo(explanation.get());
    }
    assertThat(100.0 * legal / HISTORIES)
        .as("percent of legal histories")
        .isBetween((double) LEAST_SHARE_PERCENT, 100.0 - LEAST_SHARE_PERCENT);
  }

  @ParameterizedTest
  @EnumSource
  void checksThatNeedNoSearchFailExactlyWhenTheyShould(Model model) {
    for (var seed = 0; seed < HISTORIES; seed++) {
      var history = new RandomHistories(model, seed).next();
      var verdict = Verifier.verify(history);
      var context = new Context(seed, history, verdict);
      assertThat(failed(verdict, Name.OVERSELL))
          .as("oversell in %s", context)
          .isEqualTo(oversells(history));
      assertThat(failed(verdict, Name.DUPLICATE_TICKET))
          .as("duplicate ticket in %s", context)
          .isEqualTo(repeatsAValue(history));
      assertThat(verdict.checks()).extracting(Check::name).containsExactly(Name.values());
    }
  }

  private static boolean failed(Verdict verdict, Name name) {
    return verdict.checks().stream()
        .anyMatch(check -> check.name() == name && check.status() == Status.FAIL);
  }

  private static boolean provesLittle(History history) {
    var attempts = history.attempts();
    var sold = attempts.count(Outcome.Kind.SOLD);
    var replies = sold + attempts.count(Outcome.Kind.SOLD_OUT);
    var settlement = history.ending().settlement();
    return sold == 0
        || replies <= history.run().stock()
        || !settlement.settled()
        || settlement.left().isEmpty();
  }

  private static boolean oversells(History history) {
    var attempts = history.attempts();
    var tickets = Math.max(0, history.run().stock());
    return attempts.count(Outcome.Kind.SOLD) > tickets
        || IntStream.range(0, attempts.size())
            .filter(i -> attempts.kind(i) == Outcome.Kind.SOLD)
            .anyMatch(i -> attempts.hasValue(i) && attempts.value(i) < 0);
  }

  private static boolean repeatsAValue(History history) {
    var attempts = history.attempts();
    var values =
        IntStream.range(0, attempts.size()).filter(attempts::hasValue).mapToLong(attempts::value);
    return values.distinct().count()
        < IntStream.range(0, attempts.size()).filter(attempts::hasValue).count();
  }
}
