package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Check.Status;
import io.github.ticketsim.verify.Judgement.Result;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * One item, judged by itself.
 *
 * @param name empty if there is one, which has none
 */
record Item(String name, History history, Judgement verdict) {
  boolean failed(Name name) {
    return is(name, Status.FAIL);
  }

  boolean is(Name name, Status status) {
    return check(name).status() == status;
  }

  Check check(Name name) {
    return verdict.checks().stream()
        .filter(check -> check.name() == name)
        .findFirst()
        .orElseThrow();
  }

  long failures() {
    return verdict.checks().stream().filter(check -> check.status() == Status.FAIL).count();
  }

  /** Whether nothing but more demand is missing to prove it sound. */
  boolean unexercised() {
    return verdict.result() == Result.UNKNOWN
        && is(Name.OVERSELL, Status.NOT_EXERCISED)
        && is(Name.CONSERVATION, Status.PASS);
  }

  /** How many tickets the attempts asked for that end in some way. */
  long tickets(Predicate<Outcome.Kind> ends) {
    var attempts = history.attempts();
    return IntStream.range(0, attempts.size())
        .filter(i -> ends.test(attempts.kind(i)))
        .mapToLong(attempts::quantity)
        .sum();
  }
}
