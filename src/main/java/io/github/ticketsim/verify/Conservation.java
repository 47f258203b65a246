package io.github.ticketsim.verify;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.verify.Check.Name;

/** That what is left differs from what there was by what the attempts took. */
final class Conservation {
  private Conservation() {}

  /** Fails if {@code left} is more than there was, or if no attempts can have left it. */
  static void judge(Facts facts, Findings findings, long left) {
    judgeRise(facts, findings, left);
    var taken = facts.takenUntil(left);
    var least = facts.soldTickets();
    var most = facts.mostSold();
    if (taken < least || taken > most) {
      findings.fail(
          Name.CONSERVATION,
          () ->
              words(
                  "the counter went from %,d to %,d, but the attempts took %s",
                  facts.stock(),
                  left,
                  least == most ? words("%,d", most) : words("between %,d and %,d", least, most)));
    }
  }

  /** Fails if {@code left} is more than there was. */
  static void judgeRise(Facts facts, Findings findings, long left) {
    if (left > facts.stock()) {
      findings.fail(
          Name.CONSERVATION,
          () ->
              words(
                  "%s left of %,d; attempts only lower the counter",
                  counted(left, "is", "are"), facts.stock()));
    }
  }
}
