package io.github.ticketsim.verify;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Judgement.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Judges histories. */
public final class Verifier {

  private Verifier() {}

  /**
   * The verdict on {@code recorded}: exact, a pure function, in O(n log n). Where replies make no
   * sense as they were recorded, the verdict is unknown unless the others prove it invalid.
   */
  public static Judgement verify(History recorded) {
    var history = recorded.widened();
    return history.plain()
        ? ofOneStock(history, /* item= */ false)
        : new SaleVerifier(history).verify();
  }

  /**
   * The verdict on a sale of one item, with neither limit, keys nor orders.
   *
   * @param item whether it is one item of a sale, whose ids and whose sense the sale judges
   */
  static Judgement ofOneStock(History history, boolean item) {
    var facts =
        item
            ? Facts.of(history, new Sense(history.attempts(), Optional.empty()))
            : Facts.of(history);
    var findings = new Findings(facts.attempts());
    describe(history, facts, findings);
    var shared = item ? new int[0] : Identities.shared(facts.attempts());
    if (shared.length > 0) {
      findings.fail(Name.UNIQUE_ID, () -> "two attempts carry one id", shared);
    }
    Rules rules =
        switch (facts.model()) {
          case COUNTER, BOUNDED ->
              facts.attempts().single()
                  ? new ValuedRules(facts, findings)
                  : new QuantityRules(facts, findings);
          case TALLY ->
              facts.attempts().single()
                  ? new TallyRules(facts, findings)
                  : new QuantityTallyRules(facts, findings);
        };
    rules.judge();
    if (facts.soldTickets() > facts.tickets()) {
      findings.fail(Name.OVERSELL, facts::oversoldWords);
    }
    if (findings.anyFailed()) {
      // What no order explains says nothing beyond what was confirmed.
      var confirmed = new Judgement.SoldBounds(facts.soldTickets(), facts.mostSold());
      var causes = causes(history, rules, findings);
      return new Judgement(Result.INVALID, findings.checks(), confirmed, causes, List.of());
    }
    var advice = new ArrayList<>(advice(facts, findings));
    rules.open().map(Advice.Other::new).ifPresent(advice::add);
    return new Judgement(
        advice.isEmpty() ? Result.VALID : Result.UNKNOWN,
        findings.checks(),
        rules.sold(),
        List.of(),
        List.copyOf(advice));
  }

  private static List<Cause> causes(History history, Rules rules, Findings findings) {
    var causes = new ArrayList<>(sameCustomer(history, findings));
    causes.addAll(rules.causes());
    return List.copyOf(causes);
  }

  /**
   * That a limit per customer, which nobody stated, may explain refusals while tickets are left.
   */
  static List<Cause> sameCustomer(History history, Findings findings) {
    return history.run().buyers() > 1
            && history.run().setup().filter(Run.Setup::sameRequest).isPresent()
            && !findings.failed(Name.OVERSELL)
            && (findings.failed(Name.UNDERSELL) || findings.failed(Name.FALSE_SOLD_OUT))
        ? List.of(new Cause.SameCustomer())
        : List.of();
  }

  /** Says of each check what it means to pass it here, or why this history cannot exercise it. */
  private static void describe(History history, Facts facts, Findings findings) {
    if (facts.demand() <= facts.stock()) {
      findings.notExercised(
          Name.OVERSELL,
          words(
              "%s on %s, so nothing could oversell",
              facts.attempts().single()
                  ? counted(facts.replies(), "attempt was executed", "attempts were executed")
                  : counted(facts.demand(), "ticket was asked for", "tickets were asked for"),
              counted(facts.tickets(), "ticket")));
    } else {
      findings.pass(
          Name.OVERSELL,
          words(
              "%s of %s",
              facts.attempts().single()
                  ? counted(facts.sold(), "confirmed sale")
                  : words(
                      "%s of %s",
                      counted(facts.sold(), "confirmed sale"),
                      counted(facts.soldTickets(), "ticket")),
              counted(facts.tickets(), "ticket")));
    }
    var values = countValues(facts);
    if (facts.model() == Model.TALLY || values == 0) {
      findings.notExercised(Name.DUPLICATE_TICKET, "no reply carries a value");
    } else {
      findings.pass(
          Name.DUPLICATE_TICKET,
          values == 1 ? "1 reply" : words("%,d replies, all different", values));
    }
    if (facts.refused() == 0) {
      findings.notExercised(Name.UNDERSELL, "nothing was refused");
      findings.notExercised(Name.FALSE_SOLD_OUT, "nothing was refused");
    } else {
      findings.pass(Name.UNDERSELL, "no ticket is left over");
      findings.pass(
          Name.FALSE_SOLD_OUT,
          facts.refused() == 1
              ? "1 refusal, while no ticket was left"
              : words("%,d refusals, none while a ticket was left", facts.refused()));
    }
    if (anyOverlap(facts.attempts())) {
      findings.pass(Name.REAL_TIME_ORDER, "the replies fit one order that respects real time");
    } else {
      findings.notExercised(Name.REAL_TIME_ORDER, "no two attempts overlapped in time");
    }
    var settlement = history.ending().settlement();
    if (facts.left().isEmpty()) {
      findings.notExercised(
          Name.CONSERVATION,
          settlement.problem().orElse("the counter was not read after settling"));
    } else {
      var left = facts.left().getAsLong();
      findings.pass(
          Name.CONSERVATION,
          words(
              "%,d at the start, %,d at the end: %,d taken, all accounted for%s",
              facts.stock(), left, facts.takenUntil(left), drift(facts, left)));
    }
    findings.pass(Name.UNIQUE_ID, counted(facts.attempts().size(), "id"));
  }

  /** In model tally a counter below zero was lowered there by sales too many, or by drift. */
  private static String drift(Facts facts, long left) {
    var tooMany = Math.max(facts.soldTickets() - facts.tickets(), 0);
    var drift = facts.takenUntil(left) - facts.tickets() - tooMany;
    return facts.model() == Model.TALLY && drift > 0
        ? words(
            "; a drift of %,d, taken by %s of unknown fate and not put back",
            drift, drift == 1 ? "an attempt" : "attempts")
        : "";
  }

  /** For a history that breaks nothing: what it fails to prove, and what to change. */
  private static List<Advice> advice(Facts facts, Findings findings) {
    var advice = new ArrayList<Advice>();
    facts.problem().map(Advice.Other::new).ifPresent(advice::add);
    var failed = facts.attempts().count(Outcome.Kind.FAILED);
    if (failed > 0 && failed == facts.attempts().size()) {
      return List.of(new Advice.Other("every attempt failed; see the warnings for the reason"));
    }
    var unmatched =
        Optional.of(UnclearReplies.of(facts.attempts())).filter(UnclearReplies::mostlyUnmatched);
    unmatched.map(Advice.Unmatched::new).ifPresent(advice::add);
    if (unmatched.isEmpty() && facts.sold() == 0) {
      advice.add(Advice.Lack.SALES);
    }
    if (!findings.exercised(Name.OVERSELL) && facts.tickets() > 0 && unmatched.isEmpty()) {
      advice.add(
          asked(facts.attempts()) > facts.stock() ? Advice.Lack.REPLIES : Advice.Lack.DEMAND);
    }
    if (!findings.exercised(Name.CONSERVATION)) {
      advice.add(
          new Advice.Other(
              "what is left is not known (" + findings.check(Name.CONSERVATION).detail() + ")"));
    }
    return List.copyOf(advice);
  }

  /** How many tickets all attempts asked for. */
  private static long asked(Attempts attempts) {
    return attempts.single()
        ? attempts.size()
        : IntStream.range(0, attempts.size()).mapToLong(attempts::quantity).sum();
  }

  private static long countValues(Facts facts) {
    var values = 0L;
    for (var i = 0; i < facts.attempts().size(); i++) {
      values += facts.carriesValue(i) ? 1 : 0;
    }
    return values;
  }

  /**
   * Whether any two attempts were under way at the same moment. They were not if and only if, with
   * all calls and all returns sorted apart, each return comes strictly before the next call.
   */
  private static boolean anyOverlap(Attempts attempts) {
    return anyNeighboursOverlap(attempts) || anyOverlapAtAll(attempts);
  }

  /** In any storm some do that were recorded one after the other, which saves the sorting. */
  private static boolean anyNeighboursOverlap(Attempts attempts) {
    for (var i = 1; i < attempts.size(); i++) {
      if (attempts.kind(i - 1).replied()
          && attempts.kind(i).replied()
          && attempts.callNanos(i) <= attempts.returnNanos(i - 1)
          && attempts.callNanos(i - 1) <= attempts.returnNanos(i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyOverlapAtAll(Attempts attempts) {
    var calls = new long[attempts.size()];
    var returns = new long[attempts.size()];
    var size = 0;
    for (var i = 0; i < attempts.size(); i++) {
      if (attempts.kind(i) != Outcome.Kind.FAILED) {
        calls[size] = attempts.callNanos(i);
        returns[size++] = attempts.kind(i).replied() ? attempts.returnNanos(i) : Long.MAX_VALUE;
      }
    }
    Arrays.sort(calls, 0, size);
    Arrays.sort(returns, 0, size);
    for (var i = 1; i < size; i++) {
      if (returns[i - 1] >= calls[i]) {
        return true;
      }
    }
    return false;
  }
}
