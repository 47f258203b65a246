package io.github.ticketsim.verify;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.stock.Model;
import io.github.ticketsim.verify.Check.Name;
import java.util.List;

/**
 * C1 to C4 for the models whose replies carry the counter. Each clause fails the check that names
 * its meaning for a seller; together the checks fail if and only if a clause is broken.
 */
final class ValuedRules implements Rules {
  private static final int NONE = -1;

  private final Facts facts;
  private final Findings findings;
  private final TicketOrder order;
  private final Holes holes;

  ValuedRules(Facts facts, Findings findings) {
    this(facts, findings, TicketOrder.of(facts));
  }

  private ValuedRules(Facts facts, Findings findings, TicketOrder order) {
    this.facts = facts;
    this.findings = findings;
    this.order = order;
    this.holes = new Holes(facts, findings, order);
  }

  @Override
  public void judge() {
    // Who stands first among equals decides only what is shown of a failure, and most do not fail.
    var rough = new Findings(facts.attempts());
    new ValuedRules(facts, rough, order).judgeClauses();
    if (rough.anyFailed()) {
      new ValuedRules(facts, findings, order.decided()).judgeClauses();
    }
  }

  private void judgeClauses() {
    judgeOutcomes();
    judgeUniqueness();
    judgeRealTime();
    judgeRead();
    holes.judge();
  }

  @Override
  public Judgement.SoldBounds sold() {
    return holes.sold();
  }

  @Override
  public List<Cause> causes() {
    return new Causes(facts, order, holes).guess();
  }

  /** C1, second half: sold iff the ticket is one of 1..S. Also that no value is out of reach. */
  private void judgeOutcomes() {
    for (var place = 0; place < order.size(); place++) {
      var attempt = order.at(place);
      if (!facts.attempts().hasValue(attempt)) {
        continue;
      }
      var value = facts.attempts().value(attempt);
      // What an attempt found that took nothing is one more than what it would have left.
      var found = order.carriesValue(place) ? 0 : 1;
      var ticketLeft = value >= found;
      if (order.sold(place) && !ticketLeft) {
        findings.fail(
            Name.OVERSELL,
            () -> words("a sale was confirmed though the counter was %,d, below zero", value),
            attempt);
      }
      if (order.refused(place) && ticketLeft) {
        findings.fail(
            Name.FALSE_SOLD_OUT,
            () -> words("a buyer was refused with the reply %,d, which stands for a ticket", value),
            attempt);
      }
      if (!order.sold(place)
          && !order.refused(place)
          && order.carriesValue(place)
          && ticketLeft
          && facts.refused() > 0) {
        findings.fail(
            Name.UNDERSELL,
            () ->
                words(
                    "a customer at the limit was refused with the reply %,d, which stands for a"
                        + " ticket that was taken; if it only tells what is left, say so with"
                        + " value_model: bounded",
                    value),
            attempt);
      }
      if (value >= facts.stock() && value - found >= facts.stock()) {
        findings.fail(
            Name.CONSERVATION,
            () ->
                words(
                    "a reply carries %,d, but the counter began at %,d and an attempt only lowers"
                        + " it",
                    value, facts.stock()),
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

  /** C1, first half: no two replies share a ticket number. */
  private void judgeUniqueness() {
    var shared = 0L;
    var first = NONE;
    for (var from = 0; from < order.size(); ) {
      var to = order.endOf(from);
      if (order.carriesValue(from) && to - from > 1) {
        shared += to - from - 1;
        first = first == NONE ? from : first;
      }
      from = to;
    }
    if (first != NONE) {
      failShared(first, shared);
    }
  }

  /** C1 is broken by the replies at {@code place} and behind it. */
  private void failShared(int place, long shared) {
    findings.fail(
        Name.DUPLICATE_TICKET,
        () ->
            words(
                "ticket %,d (value %,d) was handed out twice; replies that repeat a ticket: %,d",
                facts.takenUntil(order.valueAt(place)), order.valueAt(place), shared),
        order.at(place),
        order.at(place + 1));
    if (facts.sold() > facts.tickets() && order.sold(place) && order.sold(place + 1)) {
      findings.fail(Name.OVERSELL, facts::oversoldWords, order.at(place), order.at(place + 1));
    }
  }

  /** C3: for positions a &lt; b never return(b) &lt; call(a). */
  private void judgeRealTime() {
    // The latest call among all lower positions, and among the sales of the lower positions.
    var latest = NONE;
    var latestSale = NONE;
    for (var from = 0; from < order.size(); ) {
      var to = order.endOf(from);
      for (var place = from; place < to; place++) {
        judgeRealTime(place, latest, latestSale);
      }
      for (var place = from; place < to; place++) {
        latest = later(latest, order.at(place));
        latestSale = order.sold(place) ? later(latestSale, order.at(place)) : latestSale;
      }
      from = to;
    }
  }

  private void judgeRealTime(int place, int latest, int latestSale) {
    var attempt = order.at(place);
    if (order.refused(place) && returnedBeforeCallOf(attempt, latestSale)) {
      findings.fail(
          Name.FALSE_SOLD_OUT,
          () -> "a buyer was refused, and afterwards an earlier ticket was still sold",
          attempt,
          latestSale);
    } else if (returnedBeforeCallOf(attempt, latest)) {
      findings.fail(
          Name.REAL_TIME_ORDER,
          () -> "a reply came back before the attempt that holds an earlier ticket was even called",
          attempt,
          latest);
    }
  }

  /** The settled read stands behind every reply: no reply may imply less than what is left. */
  private void judgeRead() {
    if (facts.left().isEmpty()) {
      return;
    }
    var left = facts.left().getAsLong();
    Conservation.judgeRise(facts, findings, left);
    if (facts.model() == Model.BOUNDED && left < facts.floor()) {
      findings.fail(
          Name.CONSERVATION,
          () ->
              words(
                  "the counter ended at %,d, but in model bounded it never goes below zero", left));
    }
    var last = order.size() - 1;
    if (last >= 0 && order.valueAt(last) < left) {
      findings.fail(
          Name.CONSERVATION,
          () ->
              words(
                  "the counter ended at %,d, above the %,d that a reply had already seen",
                  left, order.valueAt(last)),
          order.at(last));
    }
    var taking = facts.model() == Model.COUNTER ? facts.replies() : facts.sold();
    if (taking > facts.takenUntil(left)) {
      findings.fail(
          Name.CONSERVATION,
          () ->
              words(
                  "the counter fell by %,d, but %s",
                  facts.takenUntil(left),
                  counted(taking, "reply took one", "replies took one each")));
    }
    if (facts.refused() > 0 && left > facts.floor()) {
      findings.fail(Name.UNDERSELL, () -> facts.refusedAndLeftWords(left), order.firstRefusal());
    }
  }

  private int later(int attempt, int other) {
    return attempt == NONE
            || facts.attempts().callNanos(other) > facts.attempts().callNanos(attempt)
        ? other
        : attempt;
  }

  private boolean returnedBeforeCallOf(int attempt, int other) {
    return other != NONE
        && facts.attempts().returnNanos(attempt) < facts.attempts().callNanos(other);
  }
}
