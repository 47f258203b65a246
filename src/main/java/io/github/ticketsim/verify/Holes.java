package io.github.ticketsim.verify;

import static io.github.ticketsim.verify.Findings.words;

import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check.Name;

/** C2 and C4: whether indeterminate attempts can have taken what no reply accounts for. */
final class Holes {
  private final Facts facts;
  private final Findings findings;
  private final TicketOrder order;

  /** The lowest value of the counter that any reply, refusal or settled read implies. */
  private final long lowest;

  Holes(Facts facts, Findings findings, TicketOrder order) {
    this.facts = facts;
    this.findings = findings;
    this.order = order;
    var lowestReply = order.size() == 0 ? facts.stock() : order.valueAt(order.size() - 1);
    this.lowest = Math.min(lowestReply, facts.left().orElse(facts.stock()));
  }

  /**
   * Judges the holes, and tells how many tickets were sold, those to indeterminate attempts too.
   */
  Verdict.SoldBounds judge() {
    var unknown = facts.unknown().length;
    var most = facts.sold() + (long) unknown;
    if (holesDownTo(lowest) > unknown) {
      failTooMany();
    } else {
      judgeTiming();
    }
    if (findings.anyFailed()) {
      return new Verdict.SoldBounds(facts.sold(), most);
    }
    var least = facts.sold() + ticketHoles();
    return new Verdict.SoldBounds(
        least, facts.left().isPresent() ? least : Math.min(facts.tickets(), most));
  }

  /** C2 is broken. */
  private void failTooMany() {
    var unknown = facts.unknown().length;
    var excuse =
        unknown == 0
            ? "no attempt is indeterminate"
            : words("only %,d indeterminate attempts could have taken them", unknown);
    findings.fail(
        Name.CONSERVATION,
        words(
            "%,d were taken from the counter that no reply accounts for; %s",
            holesDownTo(lowest), excuse),
        aroundFirstHole());
    if (facts.refused() > 0 && ticketHoles() > unknown) {
      var words =
          words(
              "buyers were refused, and %,d of %,d tickets were never sold; %s",
              ticketHoles(), facts.tickets(), excuse);
      findings.fail(Name.UNDERSELL, words, order.firstRefusal());
      findings.fail(Name.FALSE_SOLD_OUT, words, order.firstRefusal());
    }
  }

  /**
   * C4. The holes by rising position take the indeterminate attempts by rising call: the latest
   * call a hole allows never falls from one hole to the next, so if any pairing fits, this one
   * does.
   */
  private void judgeTiming() {
    var taken = 0;
    var previous = facts.stock();
    for (var place = 0; place < order.size(); place++) {
      var value = order.valueAt(place);
      if (value >= previous) {
        continue;
      }
      var bound = order.earliestReturnFrom(place);
      // A refusal without a value stands behind its value, which is then a hole if nobody holds it.
      var lowestHole = order.carriesValue(place) ? value + 1 : value;
      for (var hole = previous - 1; hole >= lowestHole; hole--) {
        var filler = facts.unknown()[taken++];
        if (facts.attempts().returnNanos(bound) < facts.attempts().callNanos(filler)) {
          failTooLate(hole, bound, filler);
          return;
        }
      }
      previous = value;
    }
  }

  private void failTooLate(long hole, int bound, int filler) {
    var refused = facts.attempts().kind(bound) == Outcome.Kind.SOLD_OUT;
    findings.fail(
        refused && hole >= 0 ? Name.FALSE_SOLD_OUT : Name.REAL_TIME_ORDER,
        words(
            "ticket %,d is held by no reply, and the indeterminate attempts left to have taken it"
                + " were called after the counter was seen below it",
            facts.takenUntil(hole)),
        bound,
        filler);
  }

  /** How many values the replies or the counter imply to have been taken, that no reply holds. */
  long count() {
    return holesDownTo(lowest);
  }

  private long ticketHoles() {
    return holesDownTo(Math.max(lowest, 0));
  }

  /** How many values from {@code low} up to the stock no reply holds. */
  private long holesDownTo(long low) {
    var held = 0L;
    var previous = facts.stock();
    for (var place = 0; place < order.size(); place++) {
      var value = order.valueAt(place);
      if (order.carriesValue(place) && value < previous && value >= low) {
        held++;
        previous = value;
      }
    }
    return facts.takenUntil(low) - held;
  }

  /** The replies before and behind the first hole; just one where the hole is at either end. */
  private int[] aroundFirstHole() {
    var previous = facts.stock();
    var before = new int[0];
    for (var place = 0; place < order.size(); place++) {
      var value = order.valueAt(place);
      if (!order.carriesValue(place) || value + 1 < previous) {
        return before.length == 0
            ? new int[] {order.at(place)}
            : new int[] {before[0], order.at(place)};
      }
      previous = value;
      before = new int[] {order.at(place)};
    }
    return before;
  }
}
