package io.github.ticketsim.verify;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check.Name;

/** What is asked of single replies to purchases of several tickets. */
record QuantityOutcomes(Facts facts, Findings findings) {

  /** A refusal of q is wrong if q or more are left at the end, since the counter only falls. */
  void judgeLeft(int[] refusals, long left) {
    for (var refusal : refusals) {
      var wanted = facts.attempts().quantity(refusal);
      if (left - facts.floor() >= wanted) {
        findings.fail(
            Name.UNDERSELL,
            () ->
                words(
                    "a buyer of %,d was refused, and %s left",
                    wanted, counted(left - facts.floor(), "ticket is", "tickets are")),
            refusal);
      }
    }
  }

  /** C1, second half: sold if and only if the counter did not fall below zero. */
  void judge(int attempt) {
    var value = facts.attempts().value(attempt);
    var taken = facts.carriesValue(attempt) ? facts.attempts().quantity(attempt) : 0;
    var kind = facts.attempts().kind(attempt);
    if (kind == Outcome.Kind.SOLD && value < 0) {
      findings.fail(
          Name.OVERSELL,
          () -> words("a sale was confirmed though the counter was %,d, below zero", value),
          attempt);
    }
    if (kind == Outcome.Kind.SOLD_OUT && value >= 0) {
      findings.fail(
          Name.FALSE_SOLD_OUT,
          () -> words("a buyer was refused with the reply %,d, which stands for tickets", value),
          attempt);
    }
    if (kind == Outcome.Kind.LIMITED
        && facts.carriesValue(attempt)
        && value >= 0
        && facts.refused() > 0) {
      findings.fail(
          Name.UNDERSELL,
          () ->
              words(
                  "a customer at the limit was refused with the reply %,d, which stands for tickets"
                      + " that were taken; if it only tells what is left, say so with"
                      + " value_model: bounded",
                  value),
          attempt);
    }
    if (value > facts.stock() - taken) {
      findings.fail(
          Name.CONSERVATION,
          () ->
              words(
                  "a reply to a purchase of %,d carries %,d, but the counter began at %,d",
                  facts.attempts().quantity(attempt), value, facts.stock()),
          attempt);
    }
    if (facts.model() == Model.BOUNDED && value < facts.floor()) {
      findings.fail(
          Name.CONSERVATION,
          () ->
              words(
                  "a reply carries %,d, but in model bounded the counter never goes below zero",
                  value),
          attempt);
    }
  }
}
