package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.Attempts;
import java.util.Arrays;

/**
 * Decides between attempts that a rule takes for equal: by call, then by all else that is shown of
 * them. The lines of a history stand in any order, and nothing that is said of it depends on which.
 */
final class Precedence {
  private final Attempts attempts;

  Precedence(Attempts attempts) {
    this.attempts = attempts;
  }

  /** Which of two attempts was called first. */
  int compareByCall(int attempt, int other) {
    var byCall = Long.compare(attempts.callNanos(attempt), attempts.callNanos(other));
    if (byCall != 0) {
      return byCall;
    }
    var byReturn = Long.compare(attempts.returnNanos(attempt), attempts.returnNanos(other));
    return byReturn == 0 ? compareByIdentity(attempt, other) : byReturn;
  }

  /** Which of two replies returned first. */
  int compareByReturn(int attempt, int other) {
    var byReturn = Long.compare(attempts.returnNanos(attempt), attempts.returnNanos(other));
    return byReturn == 0 ? compareByCall(attempt, other) : byReturn;
  }

  private int compareByIdentity(int attempt, int other) {
    var byHigh = Long.compare(attempts.idHigh(attempt), attempts.idHigh(other));
    if (byHigh != 0) {
      return byHigh;
    }
    var byLow = Long.compare(attempts.idLow(attempt), attempts.idLow(other));
    // The text is made only of attempts that are alike in all the rest.
    return byLow == 0
        ? attempts.get(attempt).toString().compareTo(attempts.get(other).toString())
        : byLow;
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
        var equals = Arrays.stream(ranked, from, to).boxed().sorted(this::compareByCall).toList();
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
