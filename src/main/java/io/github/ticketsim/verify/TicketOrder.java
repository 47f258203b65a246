package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.stock.Outcome;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The attempts that have a reply, in order of position: by falling value, and refusals without a
 * value right behind the replies that carry the value at which nothing is left.
 */
final class TicketOrder {
  private final Facts facts;
  private final Attempts attempts;

  private final int[] replies;

  /** For each place, the least return from there on and the attempt that has it. */
  private final int[] earliestFrom;

  private TicketOrder(Facts facts, int[] replies) {
    this.facts = facts;
    this.attempts = facts.attempts();
    this.replies = replies;
    this.earliestFrom = new int[replies.length];
    for (var place = replies.length - 1; place >= 0; place--) {
      var here = replies[place];
      earliestFrom[place] =
          place + 1 < replies.length && returnOf(earliestFrom[place + 1]) < returnOf(here)
              ? earliestFrom[place + 1]
              : here;
    }
  }

  /** Replies at one position stand in any order. */
  static TicketOrder of(Facts facts) {
    var replies = new int[facts.replies()];
    var carrying = collect(facts, true, replies, 0);
    collect(facts, false, replies, carrying);
    return new TicketOrder(facts, Ranking.ascending(replies, i -> ~facts.valueAfter(i)));
  }

  /** The same with the replies at one position in an order that depends on nothing else. */
  TicketOrder decided() {
    var precedence = new Precedence(attempts);
    var decided = replies.clone();
    for (var from = 0; from < size(); ) {
      var to = endOf(from);
      if (to - from > 1) {
        var equals = precedence.sorted(Arrays.copyOfRange(replies, from, to));
        System.arraycopy(equals, 0, decided, from, equals.length);
      }
      from = to;
    }
    return new TicketOrder(facts, decided);
  }

  /** The place behind all that have the position of {@code place}, the first of them. */
  int endOf(int place) {
    var end = place + 1;
    while (end < size() && samePosition(place, end)) {
      end++;
    }
    return end;
  }

  /** Adds the replies with a value, or those without, from {@code to} on; returns the new end. */
  private static int collect(Facts facts, boolean withValue, int[] replies, int to) {
    var attempts = facts.attempts();
    var end = to;
    for (var i = 0; i < attempts.size(); i++) {
      if (attempts.kind(i).replied() && facts.carriesValue(i) == withValue) {
        replies[end++] = i;
      }
    }
    return end;
  }

  int size() {
    return replies.length;
  }

  /** The attempt at {@code place}. */
  int at(int place) {
    return replies[place];
  }

  /** The counter right after the attempt at {@code place}, as its reply says or implies. */
  long valueAt(int place) {
    return facts.valueAfter(at(place));
  }

  boolean carriesValue(int place) {
    return facts.carriesValue(at(place));
  }

  boolean refused(int place) {
    return attempts.kind(replies[place]) == Outcome.Kind.SOLD_OUT;
  }

  boolean sold(int place) {
    return attempts.kind(replies[place]) == Outcome.Kind.SOLD;
  }

  /** The refusal at the least position; there is one. */
  int firstRefusal() {
    for (var place = 0; place < size(); place++) {
      if (refused(place)) {
        return at(place);
      }
    }
    throw new IllegalStateException("there is no refusal");
  }

  /** A reply that carries {@code value}, where there is one. */
  OptionalInt holder(long value) {
    return first(place -> carriesValue(place) && valueAt(place) == value);
  }

  /** The first reply behind the one that carries {@code value}, or would. */
  OptionalInt below(long value) {
    return first(
        place -> valueAt(place) < value || (valueAt(place) == value && !carriesValue(place)));
  }

  private OptionalInt first(IntPredicate wanted) {
    return IntStream.range(0, size()).filter(wanted).map(this::at).findFirst();
  }

  /** Whether two places stand for the same position. */
  boolean samePosition(int place, int other) {
    return valueAt(place) == valueAt(other) && carriesValue(place) == carriesValue(other);
  }

  /** Of the attempts at {@code place} and behind it, the one that returned first. */
  int earliestReturnFrom(int place) {
    return earliestFrom[place];
  }

  private long returnOf(int attempt) {
    return attempts.returnNanos(attempt);
  }
}
