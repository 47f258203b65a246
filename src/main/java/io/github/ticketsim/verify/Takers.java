package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.stock.Outcome;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The attempts that took tickets or may have, by customer, and those of a customer by call. */
final class Takers {
  private final Attempts attempts;

  /** The customer of each attempt, from 0 up. */
  private final int[] customers;

  private final int[] ranked;

  /** Where those of each customer begin, and where the last ends. */
  private final int[] begins;

  private final long[] calls;

  /** How many tickets each took with those of its customer before it. */
  private final long[] sums;

  private Takers(Attempts attempts, int[] customers, int[] ranked) {
    this.attempts = attempts;
    this.customers = customers;
    this.ranked = ranked;
    this.begins = new int[1 + IntStream.of(customers).max().orElse(0) + 1];
    this.calls = new long[ranked.length];
    this.sums = new long[ranked.length];
    for (var place = 0; place < ranked.length; place++) {
      var attempt = ranked[place];
      var first = place == 0 || customers[ranked[place - 1]] != customers[attempt];
      calls[place] = attempts.callNanos(attempt);
      sums[place] = attempts.quantity(attempt) + (first ? 0 : sums[place - 1]);
      begins[customers[attempt] + 1]++;
    }
    Arrays.setAll(begins, i -> i == 0 ? 0 : begins[i] + begins[i - 1]);
  }

  /**
   * @param customers the customer of each attempt, from 0 up
   */
  static Takers of(Attempts attempts, int[] customers) {
    var takers = attempts.where(i -> mayHaveTaken(attempts.kind(i)));
    return new Takers(
        attempts,
        customers,
        Ranking.ascending(new Precedence(attempts).sorted(takers), i -> customers[i]));
  }

  private static boolean mayHaveTaken(Outcome.Kind kind) {
    return kind == Outcome.Kind.SOLD || kind == Outcome.Kind.INDETERMINATE;
  }

  /** How many tickets its customer may have had when the reply to {@code attempt} came. */
  long before(int attempt) {
    var begin = begins[customers[attempt]];
    var low = begin;
    var high = begins[customers[attempt] + 1];
    var returned = attempts.returnNanos(attempt);
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (calls[middle] <= returned) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == begin ? 0 : sums[low - 1];
  }

  /** The sales of the customer who was sold more than {@code limit} first; empty if nobody was. */
  int[] beyond(long limit) {
    var precedence = new Precedence(attempts);
    var sales = new int[0];
    for (var customer = 0; customer + 1 < begins.length; customer++) {
      var end = begins[customer + 1];
      if (begins[customer] < end && sums[end - 1] > limit) {
        var mine =
            Arrays.stream(ranked, begins[customer], end)
                .filter(i -> attempts.kind(i) == Outcome.Kind.SOLD)
                .toArray();
        if (IntStream.of(mine).mapToLong(attempts::quantity).sum() > limit
            && (sales.length == 0 || precedence.compareByCall(mine[0], sales[0]) < 0)) {
          sales = mine;
        }
      }
    }
    return sales;
  }
}
