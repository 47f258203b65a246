package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.Attempts;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Decides between attempts that a rule takes for equal: by call, then by all else that is shown of
 * them. The lines of a history stand in any order, and nothing that is said of it depends on which.
 */
final class Precedence {
  private final Attempts attempts;
  private final Comparator<Integer> byCall;
  private final Comparator<Integer> byReturn;

  Precedence(Attempts attempts) {
    this.attempts = attempts;
    // The text comes last, and is made only of attempts that are alike in all the rest.
    var byIdentity =
        Comparator.comparingLong(attempts::idHigh)
            .thenComparingLong(attempts::idLow)
            .thenComparing(i -> attempts.get(i).toString());
    byCall =
        Comparator.comparingLong(attempts::callNanos)
            .thenComparingLong(attempts::returnNanos)
            .thenComparing(byIdentity);
    byReturn = Comparator.comparingLong(attempts::returnNanos).thenComparing(byCall);
  }

  /** Which of two attempts was called first. */
  int compareByCall(int attempt, int other) {
    return byCall.compare(attempt, other);
  }

  /** Which of two replies returned first. */
  int compareByReturn(int attempt, int other) {
    return byReturn.compare(attempt, other);
  }

  /** The indices by call. */
  int[] sorted(int[] indices) {
    var ranked = Ranking.ascending(indices, attempts::callNanos);
    for (var from = 0; from < ranked.length; ) {
      var to = from + 1;
      while (to < ranked.length
          && attempts.callNanos(ranked[to]) == attempts.callNanos(ranked[from])) {
        to++;
      }
      if (to - from > 1) {
        var equals = Arrays.stream(ranked, from, to).boxed().sorted(byCall).toList();
        var place = from;
        for (var index : equals) {
          ranked[place++] = index;
        }
      }
      from = to;
    }
    return ranked;
  }
}
