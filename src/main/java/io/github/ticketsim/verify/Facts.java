package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * What all rules start from.
 *
 * @param attempts every attempt
 * @param model what the replies promise
 * @param stock the counter when the storm began; may be negative
 * @param left the counter after the storm, only where it was read settled
 * @param sold how many replies say sold
 * @param refused how many replies say sold out
 * @param unknown the indeterminate attempts, by call time
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and millions must not be boxed.
record Facts(
    Attempts attempts,
    Model model,
    long stock,
    OptionalLong left,
    int sold,
    int refused,
    int[] unknown) {

  static Facts of(History history) {
    var attempts = history.attempts();
    requireWellFormed(history.run(), attempts);
    var settlement = history.ending().settlement();
    return new Facts(
        attempts,
        history.run().model(),
        history.run().stock(),
        settlement.settled() ? settlement.left() : OptionalLong.empty(),
        attempts.count(Outcome.Kind.SOLD),
        attempts.count(Outcome.Kind.SOLD_OUT),
        byCall(attempts, Outcome.Kind.INDETERMINATE));
  }

  /** How many attempts have a reply, and so are known to have been executed. */
  int replies() {
    return sold + refused;
  }

  /** How many tickets there are to sell. */
  long tickets() {
    return Math.max(stock, 0);
  }

  /** What a counter that stops at zero reads once nothing is left. */
  long floor() {
    return Math.min(stock, 0);
  }

  /**
   * How many were taken from the counter until it read {@code value}: zero where it never can, and
   * the greatest long where it is more.
   */
  long takenUntil(long value) {
    if (value >= stock) {
      return 0;
    }
    var taken = stock - value;
    return taken < 0 ? Long.MAX_VALUE : taken;
  }

  /** No rule makes sense of a reply without the times and the value it must have. */
  private static void requireWellFormed(Run run, Attempts attempts) {
    for (var i = 0; i < attempts.size(); i++) {
      var kind = attempts.kind(i);
      if (kind.replied()
          && !(attempts.hasReturn(i) && attempts.returnNanos(i) >= attempts.callNanos(i))) {
        throw new IllegalArgumentException("no return after the call in " + attempts.get(i));
      }
      if (run.promisesValue(kind) && !attempts.hasValue(i)) {
        throw new IllegalArgumentException(
            "no value in " + attempts.get(i) + ", which model " + run.model().word() + " promises");
      }
    }
  }

  private static int[] byCall(Attempts attempts, Outcome.Kind kind) {
    var indices =
        IntStream.range(0, attempts.size()).filter(i -> attempts.kind(i) == kind).toArray();
    return Ranking.ascending(indices, attempts::callNanos);
  }
}
