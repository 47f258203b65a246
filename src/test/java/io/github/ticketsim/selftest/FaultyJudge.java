package io.github.ticketsim.selftest;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.verify.Check;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Check.Status;
import io.github.ticketsim.verify.Judgement;
import io.github.ticketsim.verify.Judgement.Result;
import io.github.ticketsim.verify.Verifier;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Judges that must not get through a self-test. */
public final class FaultyJudge {

  private FaultyJudge() {}

  /** A judge for whom {@code name} never fails. */
  public static Function<History, Judgement> without(Name name) {
    return history -> {
      var verdict = Verifier.verify(history);
      var checks =
          verdict.checks().stream()
              .map(
                  check ->
                      check.name() == name && check.status() == Status.FAIL
                          ? new Check(name, Status.PASS, check.detail(), Optional.empty())
                          : check)
              .toList();
      var fails = checks.stream().anyMatch(check -> check.status() == Status.FAIL);
      return verdict.result() != Result.INVALID || fails
          ? new Judgement(
              verdict.result(), checks, verdict.sold(), verdict.causes(), verdict.advice())
          : new Judgement(Result.VALID, checks, verdict.sold(), List.of(), List.of());
    };
  }
}
