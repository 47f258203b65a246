package io.github.ticketsim.verify;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check.Name;
import java.util.List;
import java.util.stream.IntStream;

/** The rules for replies that say only sold or sold out; exact as well. */
final class TallyRules implements Rules {
  private final Facts facts;
  private final Findings findings;
  private final Precedence precedence;

  TallyRules(Facts facts, Findings findings) {
    this.facts = facts;
    this.findings = findings;
    this.precedence = new Precedence(facts.attempts());
  }

  @Override
  public void judge() {
    if (facts.refused() > 0) {
      judgeRefusals();
    }
    if (facts.left().isPresent()) {
      judgeRead(facts.left().getAsLong());
    }
  }

  /** Replies without values leave no trace to read but in the sum. */
  @Override
  public List<Cause> causes() {
    return findings.failed(Name.CONSERVATION) && refusalsTook()
        ? List.of(new Cause.RefusalsTook(facts.refused()))
        : List.of();
  }

  /** Whether a sale and a refusal took the same, and what is of unknown fate the rest. */
  private boolean refusalsTook() {
    var taken = facts.left().isPresent() ? facts.takenUntil(facts.left().getAsLong()) : 0;
    return facts.refused() > 0
        && taken >= facts.soldTickets() + facts.refused()
        && taken <= facts.mostSold() + facts.refused();
  }

  @Override
  public Judgement.SoldBounds sold() {
    if (facts.left().isPresent()) {
      var taken = facts.takenUntil(facts.left().getAsLong());
      // Below zero went only what attempts of unknown fate took and did not put back.
      var sold = Math.min(taken, facts.tickets());
      return new Judgement.SoldBounds(sold, sold);
    }
    return new Judgement.SoldBounds(
        facts.refused() > 0 ? facts.tickets() : facts.sold(),
        Math.min(facts.tickets(), facts.mostSold()));
  }

  /** A refusal says: nothing is left now, and from now on. The first one to return binds most. */
  private void judgeRefusals() {
    var attempts = facts.attempts();
    var refusal = earliestRefusal();
    var latestSale = latestSale();
    if (latestSale >= 0 && attempts.returnNanos(refusal) < attempts.callNanos(latestSale)) {
      findings.fail(
          Name.FALSE_SOLD_OUT,
          () -> "a buyer was refused, and afterwards a ticket was still sold",
          refusal,
          latestSale);
    }
    var couldHaveTaken =
        IntStream.range(0, attempts.size())
            .filter(i -> mayHaveTaken(attempts.kind(i)))
            .filter(i -> attempts.callNanos(i) <= attempts.returnNanos(refusal))
            .count();
    if (couldHaveTaken < facts.tickets()) {
      findings.fail(
          Name.FALSE_SOLD_OUT,
          () ->
              words(
                  "a buyer was refused when at most %,d of %s could have been taken",
                  couldHaveTaken, counted(facts.tickets(), "ticket")),
          refusal);
    }
    var unknown = facts.unknown().length;
    if (facts.mostSold() < facts.tickets()) {
      findings.fail(
          Name.UNDERSELL,
          () ->
              words(
                  "%s, but only %,d of %s %s sold and at most %,d taken by indeterminate attempts",
                  facts.refusedWords(),
                  facts.sold(),
                  counted(facts.tickets(), "ticket"),
                  facts.sold() == 1 ? "was" : "were",
                  unknown),
          refusal);
    }
  }

  private void judgeRead(long left) {
    var floor = facts.floor();
    if (facts.refused() > 0 && left > floor) {
      findings.fail(Name.UNDERSELL, () -> facts.refusedAndLeftWords(left), earliestRefusal());
    }
    Conservation.judge(facts, findings, left);
  }

  private static boolean mayHaveTaken(Outcome.Kind kind) {
    return kind == Outcome.Kind.SOLD || kind == Outcome.Kind.INDETERMINATE;
  }

  private int earliestRefusal() {
    var attempts = facts.attempts();
    var earliest = -1;
    for (var i = 0; i < attempts.size(); i++) {
      if (attempts.kind(i) == Outcome.Kind.SOLD_OUT
          && (earliest < 0 || precedence.compareByReturn(i, earliest) < 0)) {
        earliest = i;
      }
    }
    return earliest;
  }

  private int latestSale() {
    var attempts = facts.attempts();
    var latest = -1;
    for (var i = 0; i < attempts.size(); i++) {
      if (attempts.kind(i) == Outcome.Kind.SOLD
          && (latest < 0 || precedence.compareByCall(i, latest) > 0)) {
        latest = i;
      }
    }
    return latest;
  }
}
