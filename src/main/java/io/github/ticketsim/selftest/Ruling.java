package io.github.ticketsim.selftest;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.verify.Check;
import io.github.ticketsim.verify.Judgement;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What came of asking a judge. */
sealed interface Ruling {

  /** It gave a verdict. */
  record Judged(Judgement verdict) implements Ruling {

    @Override
    public String toString() {
      return verdict.checks().stream()
          .filter(check -> check.status() != Check.Status.PASS)
          .map(check -> check.name().words() + " " + check.status().words())
          .collect(Collectors.joining(", ", verdict.result() + " (", ")"));
    }
  }

  /** It broke down. */
  record BrokeDown(RuntimeException cause) implements Ruling {

    @Override
    public String toString() {
      return "none, but " + cause;
    }
  }

  static Ruling of(Function<History, Judgement> judge, History history) {
    try {
      return new Judged(judge.apply(history));
    } catch (RuntimeException e) {
      return new BrokeDown(e);
    }
  }
}
