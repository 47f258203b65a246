package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.stock.Outcome;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The attempts that have a reply, in order of position: by falling value, and refusals without a
 * value right behind the replies that carry the value at which nothing is left.
 */
final class TicketOrder {
  private final Attempts attempts;
  private final long floor;
  private final int[] replies;

  /** For each place, the least return from there on and the attempt that has it. */
  private final int[] earliestFrom;

  private TicketOrder(Attempts attempts, long floor, int[] replies) {
    this.attempts = attempts;
    this.floor = floor;
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

  static TicketOrder of(Facts facts) {
    var attempts = facts.attempts();
    var replied = IntStream.range(0, attempts.size()).filter(i -> attempts.kind(i).replied());
    var byPlain = Ranking.ascending(replied.toArray(), i -> ~valueOrFloor(attempts, i, facts));
    return new TicketOrder(attempts, facts.floor(), refusalsLast(attempts, byPlain, facts));
  }

  /** Within each run of equal values, moves the refusals that carry none behind the others. */
  private static int[] refusalsLast(Attempts attempts, int[] replies, Facts facts) {
    var from = 0;
    while (from < replies.length && valueOrFloor(attempts, replies[from], facts) > facts.floor()) {
      from++;
    }
    var to = from;
    while (to < replies.length && valueOrFloor(attempts, replies[to], facts) == facts.floor()) {
      to++;
    }
    var atFloor = Arrays.copyOfRange(replies, from, to);
    var next = from;
    for (var valued : new boolean[] {true, false}) {
      for (var index : atFloor) {
        if (attempts.hasValue(index) == valued) {
          replies[next++] = index;
        }
      }
    }
    return replies;
  }

  private static long valueOrFloor(Attempts attempts, int index, Facts facts) {
    return attempts.hasValue(index) ? attempts.value(index) : facts.floor();
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
    return attempts.hasValue(replies[place]) ? attempts.value(replies[place]) : floor;
  }

  boolean carriesValue(int place) {
    return attempts.hasValue(replies[place]);
  }

  boolean refused(int place) {
    return attempts.kind(replies[place]) == Outcome.Kind.SOLD_OUT;
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
