package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.Division;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.stock.Outcome;
import java.util.Arrays;
import java.util.Optional;

/**
 * How much of the order of attempts is not known because the clocks of several parts made it.
 *
 * @param parts how many parts there were
 * @param withinNanos two attempts are known to be in order only if more than this lies between
 * @param pairs how many pairs of attempts were one after the other, as the times were recorded
 * @param lost of how many of them that is not certain
 */
public record OrderLoss(int parts, long withinNanos, long pairs, long lost) {

  /** That of {@code history}; empty if one process made all of it. In O(n log n). */
  public static Optional<OrderLoss> of(History history) {
    if (!(history.run().division().orElse(null) instanceof Division.AllParts joined)) {
      return Optional.empty();
    }
    var attempts = history.attempts();
    var calls = new long[attempts.size()];
    var returns = new long[attempts.size()];
    var called = 0;
    var returned = 0;
    for (var i = 0; i < attempts.size(); i++) {
      if (attempts.kind(i) != Outcome.Kind.FAILED) {
        calls[called++] = attempts.callNanos(i);
        if (attempts.kind(i).replied()) {
          returns[returned++] = attempts.returnNanos(i);
        }
      }
    }
    Arrays.sort(calls, 0, called);
    Arrays.sort(returns, 0, returned);
    var within = joined.withinNanos();
    var pairs = inOrder(calls, called, returns, returned, 0);
    var known = inOrder(calls, called, returns, returned, within);
    return Optional.of(new OrderLoss(joined.parts(), within, pairs, pairs - known));
  }

  /** How many returns, each {@code later} than it was, come before how many calls. */
  private static long inOrder(long[] calls, int called, long[] returns, int returned, long later) {
    var pairs = 0L;
    var before = 0;
    for (var i = 0; i < called; i++) {
      while (before < returned && returns[before] + later < calls[i]) {
        before++;
      }
      pairs += before;
    }
    return pairs;
  }

  /** The share of the pairs whose order is lost, from 0 to 1. */
  public double share() {
    return pairs == 0 ? 0 : (double) lost / pairs;
  }
}
