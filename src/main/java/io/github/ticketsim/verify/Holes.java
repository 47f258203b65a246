package io.github.ticketsim.verify;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

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

  void judge() {
    if (holesDownTo(lowest) > facts.unknown().length) {
      failTooMany();
    } else {
      judgeTiming();
    }
  }

  /** How many tickets were sold, those to indeterminate attempts too, if nothing is broken. */
  Judgement.SoldBounds sold() {
    var least = facts.sold() + ticketHoles();
    return new Judgement.SoldBounds(
        least, facts.left().isPresent() ? least : Math.min(facts.tickets(), facts.mostSold()));
  }

  /** C2 is broken. */
  private void failTooMany() {
    var unknown = facts.unknown().length;
    var excuse =
        unknown == 0
            ? "no attempt is indeterminate"
            : words("only %s could have taken them", counted(unknown, "indeterminate attempt"));
    findings.fail(
        Name.CONSERVATION,
        () ->
            words(
                "%s taken from the counter that no reply accounts for; %s",
                counted(holesDownTo(lowest), "was", "were"), excuse),
        aroundFirstHole());
    if (facts.refused() > 0 && ticketHoles() > unknown) {
      var words =
          words(
              "%s, and %,d of %s %s never sold; %s",
              facts.refusedWords(),
              ticketHoles(),
              counted(facts.tickets(), "ticket"),
              ticketHoles() == 1 ? "was" : "were",
              excuse);
      findings.fail(Name.UNDERSELL, () -> words, order.firstRefusal());
      findings.fail(Name.FALSE_SOLD_OUT, () -> words, order.firstRefusal());
    }
  }

  private void judgeTiming() {
    firstTooLate()
        .ifPresent(
            late -> {
              var refused = facts.attempts().kind(late.bound()) == Outcome.Kind.SOLD_OUT;
              findings.fail(
                  refused && late.hole() >= 0 ? Name.FALSE_SOLD_OUT : Name.REAL_TIME_ORDER,
                  () ->
                      words(
                          "ticket %,d is held by no reply, and every indeterminate attempt left to"
                              + " have taken it was called after the counter was seen below it",
                          facts.takenUntil(late.hole())),
                  late.bound(),
                  late.filler());
            });
  }

  /**
   * A hole that its indeterminate attempt cannot have taken.
   *
   * @param bound returned before {@code filler} was called, with less left than {@code hole}
   */
  private record TooLate(long hole, int bound, int filler) {}

  /**
   * C4. The holes by rising position take the indeterminate attempts by rising call: the latest
   * call a hole allows never falls from one hole to the next, so if any pairing fits, this one
   * does.
   */
  private Optional<TooLate> firstTooLate() {
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
          return Optional.of(new TooLate(hole, bound, filler));
        }
      }
      previous = value;
    }
    return Optional.empty();
  }

  /** The first hole that no indeterminate attempt can have taken: C2 or C4 is broken by it. */
  OptionalLong unfilled() {
    var unknown = facts.unknown().length;
    return holesDownTo(lowest) > unknown
        ? OptionalLong.of(nth(unknown + 1L))
        : firstTooLate().map(late -> OptionalLong.of(late.hole())).orElse(OptionalLong.empty());
  }

  /** The k-th hole by position, counted from 1. There are as many. */
  private long nth(long k) {
    var missing = k;
    var previous = facts.stock();
    for (var place = 0; place < order.size(); place++) {
      var value = order.valueAt(place);
      if (value >= previous) {
        continue;
      }
      var here = previous - (order.carriesValue(place) ? value + 1 : value);
      // Below zero where there are more than a long can count.
      if (here < 0 || here >= missing) {
        break;
      }
      missing -= here;
      previous = value;
    }
    return previous - missing;
  }

  /** The first values from zero up that no reply holds, at most {@code most}. */
  List<Long> firstTickets(int most) {
    var tickets = new ArrayList<Long>();
    for (var k = 1; k <= Math.min(most, holesDownTo(0)); k++) {
      tickets.add(nth(k));
    }
    return tickets;
  }

  /**
   * The indeterminate attempt that takes {@code hole} where holes take them as {@link
   * #firstTooLate} says; empty where too few are left, or the counter was never seen below it.
   */
  OptionalInt filler(long hole) {
    var number = holesDownTo(hole);
    return hole < lowest || number > facts.unknown().length
        ? OptionalInt.empty()
        : OptionalInt.of(facts.unknown()[(int) number - 1]);
  }

  /**
   * Holes side by side, broken at zero.
   *
   * @param lowest value of the counter among them
   */
  record Range(long lowest, long length) {}

  /** All holes down to the lowest value that the replies or the counter imply. */
  List<Range> runs() {
    var runs = new ArrayList<Range>();
    var previous = facts.stock();
    for (var place = 0; place < order.size(); place++) {
      var value = order.valueAt(place);
      if (value < previous) {
        addRuns(previous, order.carriesValue(place) ? value + 1 : value, runs);
        previous = value;
      }
    }
    addRuns(previous, lowest, runs);
    return runs;
  }

  private static void addRuns(long above, long low, List<Range> runs) {
    if (low < 0 && above > 0) {
      addRuns(above, 0, runs);
      addRuns(0, low, runs);
    } else if (low < above) {
      runs.add(new Range(low, above - low));
    }
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
