package io.github.ticketsim.verify;

import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check.Name;

/**
 * C1 to C4 for the models whose replies carry the counter. Each clause fails the check that names
 * its meaning for a seller; together the checks fail if and only if a clause is broken.
 */
final class ValuedRules {
  private static final int NONE = -1;

  private final Facts facts;
  private final Findings findings;
  private final TicketOrder order;

  ValuedRules(Facts facts, Findings findings) {
    this.facts = facts;
    this.findings = findings;
    this.order = TicketOrder.of(facts);
  }

  /**
   * Judges everything, and tells how many tickets the replies and the counter imply to have gone to
   * indeterminate attempts.
   */
  Verdict.SoldBounds judge() {
    judgeOutcomes();
    judgeUniqueness();
    judgeRealTime();
    judgeRead();
    return judgeHoles();
  }

  /** C1, second half: sold iff the ticket is one of 1..S. Also that no value is out of reach. */
  private void judgeOutcomes() {
    for (var place = 0; place < order.size(); place++) {
      if (!order.carriesValue(place)) {
        continue;
      }
      var attempt = order.at(place);
      var value = order.valueAt(place);
      var ticketLeft = value >= 0;
      if (!order.refused(place) && !ticketLeft) {
        findings.fail(
            Name.OVERSELL,
            "a sale was confirmed though the counter was %,d, below zero".formatted(value),
            attempt);
      }
      if (order.refused(place) && ticketLeft) {
        findings.fail(
            Name.FALSE_SOLD_OUT,
            "a buyer was refused with the reply %,d, which stands for a ticket".formatted(value),
            attempt);
      }
      if (value >= facts.stock()) {
        findings.fail(
            Name.CONSERVATION,
            "a reply carries %,d, but the counter began at %,d and an attempt only lowers it"
                .formatted(value, facts.stock()),
            attempt);
      }
      if (facts.model() == Model.BOUNDED && value < facts.floor()) {
        findings.fail(
            Name.CONSERVATION,
            "a reply carries %,d, but in model bounded the counter never goes below zero"
                .formatted(value),
            attempt);
      }
    }
  }

  /** C1, first half: no two replies share a ticket number. */
  private void judgeUniqueness() {
    var shared = 0;
    for (var place = 1; place < order.size(); place++) {
      if (order.carriesValue(place) && order.samePosition(place - 1, place)) {
        shared++;
      }
    }
    for (var place = 1; place < order.size(); place++) {
      if (order.carriesValue(place) && order.samePosition(place - 1, place)) {
        findings.fail(
            Name.DUPLICATE_TICKET,
            "ticket %s (value %,d) was handed out twice; replies that repeat a ticket: %,d"
                .formatted(ticket(order.valueAt(place)), order.valueAt(place), shared),
            order.at(place - 1),
            order.at(place));
        if (facts.sold() > facts.tickets()) {
          findings.fail(
              Name.OVERSELL,
              "%,d sales were confirmed of %,d tickets".formatted(facts.sold(), facts.tickets()),
              order.at(place - 1),
              order.at(place));
        }
        return;
      }
    }
  }

  /** C3: for positions a &lt; b never return(b) &lt; call(a). */
  private void judgeRealTime() {
    // The latest call among all lower positions, and among the sales of the lower positions.
    var latest = NONE;
    var latestSale = NONE;
    for (var from = 0; from < order.size(); ) {
      var to = from + 1;
      while (to < order.size() && order.samePosition(from, to)) {
        to++;
      }
      for (var place = from; place < to; place++) {
        judgeRealTime(place, latest, latestSale);
      }
      for (var place = from; place < to; place++) {
        latest = later(latest, order.at(place));
        latestSale = order.refused(place) ? latestSale : later(latestSale, order.at(place));
      }
      from = to;
    }
  }

  private void judgeRealTime(int place, int latest, int latestSale) {
    var attempt = order.at(place);
    if (order.refused(place) && returnedBeforeCallOf(attempt, latestSale)) {
      findings.fail(
          Name.FALSE_SOLD_OUT,
          "a buyer was refused, and afterwards an earlier ticket was still sold",
          attempt,
          latestSale);
    } else if (returnedBeforeCallOf(attempt, latest)) {
      findings.fail(
          Name.REAL_TIME_ORDER,
          "a reply came back before the attempt that holds an earlier ticket was even called",
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
    if (left > facts.stock()) {
      findings.fail(
          Name.CONSERVATION,
          "%,d are left of %,d; attempts only lower the counter".formatted(left, facts.stock()));
    }
    if (facts.model() == Model.BOUNDED && left < facts.floor()) {
      findings.fail(
          Name.CONSERVATION,
          "the counter ended at %,d, but in model bounded it never goes below zero"
              .formatted(left));
    }
    var last = order.size() - 1;
    if (last >= 0 && order.valueAt(last) < left) {
      findings.fail(
          Name.CONSERVATION,
          "the counter ended at %,d, above the %,d that a reply had already seen"
              .formatted(left, order.valueAt(last)),
          order.at(last));
    }
    if (facts.refused() > 0 && left > facts.floor()) {
      findings.fail(
          Name.UNDERSELL,
          "buyers were refused, and %,d tickets are left".formatted(left - facts.floor()));
    }
  }

  /** C2 and C4. */
  private Verdict.SoldBounds judgeHoles() {
    var lowest = lowestImplied();
    var held = heldFrom(lowest);
    var holes = minus(distance(facts.stock(), lowest), held);
    var ticketHoles =
        minus(distance(facts.tickets(), Math.max(lowest, 0)), heldFrom(Math.max(lowest, 0)));
    var unknown = facts.unknown().length;
    if (holes > unknown) {
      findings.fail(
          Name.CONSERVATION,
          "%,d were taken from the counter that no reply accounts for; %s"
              .formatted(holes, unknownCouldHaveTaken(unknown)),
          aroundFirstHole());
      if (facts.refused() > 0 && ticketHoles > unknown) {
        var words =
            "buyers were refused, and %,d of %,d tickets were never sold; %s"
                .formatted(ticketHoles, facts.tickets(), unknownCouldHaveTaken(unknown));
        findings.fail(Name.UNDERSELL, words);
        findings.fail(Name.FALSE_SOLD_OUT, words, firstRefusal());
      }
      return new Verdict.SoldBounds(facts.sold(), facts.sold() + (long) unknown);
    }
    judgeTimingOfHoles(lowest);
    var atLeast = facts.sold() + ticketHoles;
    var atMost =
        facts.left().isPresent()
            ? atLeast
            : Math.max(atLeast, Math.min(facts.tickets(), facts.sold() + (long) unknown));
    return new Verdict.SoldBounds(atLeast, atMost);
  }

  private static String unknownCouldHaveTaken(int unknown) {
    return unknown == 0
        ? "no attempt is indeterminate"
        : "only %,d indeterminate attempts could have taken them".formatted(unknown);
  }

  /**
   * C4. The holes by rising position take the indeterminate attempts by rising call: the latest
   * call a hole allows never falls from one hole to the next, so if any pairing fits, this one
   * does.
   */
  private void judgeTimingOfHoles(long lowest) {
    var taken = 0;
    var next = facts.stock() - 1;
    for (var place = 0; place < order.size(); place++) {
      var value = order.valueAt(place);
      if (value >= facts.stock()) {
        continue;
      }
      // A refusal without a value stands behind its value, which is then a hole if nobody holds it.
      var end = order.carriesValue(place) ? value : value - 1;
      for (; next > end && next >= lowest; next--) {
        var filler = facts.unknown()[taken++];
        var bound = order.earliestReturnFrom(place);
        if (returnedBeforeCallOf(bound, filler)) {
          findings.fail(
              boundIsRefusal(bound) && next >= 0 ? Name.FALSE_SOLD_OUT : Name.REAL_TIME_ORDER,
              "ticket %s is held by no reply, and every indeterminate attempt that could have taken it was called after a later position had been seen"
                  .formatted(ticket(next)),
              bound,
              filler);
          return;
        }
      }
      next = Math.min(next, value - 1);
    }
  }

  private boolean boundIsRefusal(int attempt) {
    return facts.attempts().kind(attempt) == Outcome.Kind.SOLD_OUT;
  }

  /** The lowest value of the counter that any reply, refusal or settled read implies. */
  private long lowestImplied() {
    var lowest = facts.stock();
    if (order.size() > 0) {
      lowest = Math.min(lowest, order.valueAt(order.size() - 1));
    }
    if (facts.left().isPresent()) {
      lowest = Math.min(lowest, facts.left().getAsLong());
    }
    return lowest;
  }

  /** How many different values from {@code lowest} up to the stock replies hold. */
  private long heldFrom(long lowest) {
    var held = 0L;
    var previous = facts.stock();
    for (var place = 0; place < order.size(); place++) {
      var value = order.valueAt(place);
      if (order.carriesValue(place) && value < previous && value >= lowest) {
        held++;
        previous = value;
      }
    }
    return held;
  }

  private int[] aroundFirstHole() {
    var previous = facts.stock();
    var before = NONE;
    for (var place = 0; place < order.size(); place++) {
      var value = order.valueAt(place);
      if (value >= facts.stock()) {
        continue;
      }
      var gap = order.carriesValue(place) ? value < previous - 1 : value < previous;
      if (gap) {
        return before == NONE ? new int[] {order.at(place)} : new int[] {before, order.at(place)};
      }
      previous = value;
      before = order.at(place);
    }
    return before == NONE ? new int[0] : new int[] {before};
  }

  private int firstRefusal() {
    for (var place = 0; place < order.size(); place++) {
      if (order.refused(place)) {
        return order.at(place);
      }
    }
    throw new IllegalStateException("there is no refusal");
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

  private String ticket(long value) {
    return "%,d".formatted(distance(facts.stock(), value));
  }

  /** {@code high - low} for {@code high >= low}, or the greatest long where it is more. */
  private static long distance(long high, long low) {
    var distance = high - low;
    return high >= low && distance < 0 ? Long.MAX_VALUE : distance;
  }

  private static long minus(long distance, long held) {
    return Math.max(0, distance - held);
  }
}
