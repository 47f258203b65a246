package io.github.ticketsim.verify;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check.Name;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * What a customer may have. More confirmed than the limit is broken whatever the clock says.
 *
 * <p>A customer is refused as limited only if sales of that customer, confirmed or indeterminate,
 * that were called before the refusal returned fill the limit up so far that the purchase exceeds
 * it. This is necessary only: whether those sales also came first in the order of the stock is not
 * asked. If the limit is filled, the shop may also refuse the customer as sold out, so such
 * refusals say nothing of the stock.
 */
final class LimitRules {
  private static final int MOST_SHOWN = 20;

  private final Attempts attempts;
  private final OptionalLong limit;
  private final Findings findings;

  /** Refusals as sold out that the limit excuses. */
  private final BitSet excused = new BitSet();

  private int judged;
  private boolean reached;

  LimitRules(Attempts attempts, OptionalLong limit, Findings findings) {
    this.attempts = attempts;
    this.limit = limit;
    this.findings = findings;
  }

  /** The customer of each attempt as a number. It is negative if the attempt names no customer. */
  static int[] customers(Attempts attempts) {
    return IntStream.range(0, attempts.size())
        .map(
            i ->
                attempts.customer(i) != Attempts.NO_NAME
                    ? attempts.customer(i)
                    : -1 - attempts.buyer(i))
        .toArray();
  }

  void judge() {
    if (limit.isEmpty()) {
      return;
    }
    var customers = customers(attempts);
    var ranked =
        Ranking.ascending(
            new Precedence(attempts)
                .sorted(
                    IntStream.range(0, attempts.size())
                        .filter(i -> attempts.kind(i) != Outcome.Kind.FAILED)
                        .toArray()),
            i -> customers[i]);
    for (var from = 0; from < ranked.length; ) {
      var to = from + 1;
      while (to < ranked.length && customers[ranked[to]] == customers[ranked[from]]) {
        to++;
      }
      judgeCustomer(Arrays.copyOfRange(ranked, from, to));
      from = to;
    }
    describe();
  }

  /**
   * @param mine all attempts of one customer, by call
   */
  private void judgeCustomer(int[] mine) {
    var calls = new long[mine.length];
    var sums = new long[mine.length + 1];
    var takers = 0;
    var sold = 0L;
    var asked = 0L;
    for (var attempt : mine) {
      var kind = attempts.kind(attempt);
      var quantity = attempts.quantity(attempt);
      asked += quantity;
      sold += kind == Outcome.Kind.SOLD ? quantity : 0;
      if (kind == Outcome.Kind.SOLD || kind == Outcome.Kind.INDETERMINATE) {
        calls[takers] = attempts.callNanos(attempt);
        sums[takers + 1] = sums[takers++] + quantity;
      }
    }
    reached |= asked > limit.getAsLong();
    if (sold > limit.getAsLong()) {
      judgeSales(IntStream.of(mine).filter(i -> attempts.kind(i) == Outcome.Kind.SOLD).toArray());
    }
    for (var attempt : mine) {
      var before = upTo(calls, takers, attempts.returnNanos(attempt));
      var filled = sums[before] + attempts.quantity(attempt);
      switch (attempts.kind(attempt)) {
        case LIMITED -> {
          judged++;
          if (filled <= limit.getAsLong()) {
            failLimited(attempt, filled - attempts.quantity(attempt));
          }
        }
        case SOLD_OUT -> excused.set(attempt, filled > limit.getAsLong());
        case SOLD, FAILED, INDETERMINATE -> {
          // Refused by nobody.
        }
      }
    }
  }

  private void judgeSales(int[] sales) {
    var sum = 0L;
    for (var i = 0; i < sales.length; i++) {
      sum += attempts.quantity(sales[i]);
      if (sum > limit.getAsLong()) {
        var all = IntStream.of(sales).mapToLong(attempts::quantity).sum();
        findings.fail(
            Name.LIMIT,
            () ->
                words(
                    "customer %s has %s, and may have %,d",
                    customer(sales[0]), counted(all, "ticket"), limit.getAsLong()),
            Arrays.copyOf(sales, Math.min(i + 1, MOST_SHOWN)));
        return;
      }
    }
  }

  private void failLimited(int attempt, long filled) {
    findings.fail(
        Name.FALSE_LIMITED,
        () ->
            words(
                "customer %s asked for %,d and was refused as limited to %,d, but had at most %,d",
                customer(attempt), attempts.quantity(attempt), limit.getAsLong(), filled),
        attempt);
  }

  private String customer(int attempt) {
    return customerOf(attempts.get(attempt));
  }

  /** On whose behalf; a buyer is a customer of its own if none is named. */
  static String customerOf(Attempt attempt) {
    return attempt.particulars().customer().orElse(Integer.toString(attempt.buyer()));
  }

  /** How many of the first {@code size} are up to {@code bound}. */
  private static int upTo(long[] rising, int size, long bound) {
    var low = 0;
    var high = size;
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (rising[middle] <= bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void describe() {
    if (reached) {
      findings.pass(
          Name.LIMIT, words("no customer has more than %s", counted(limit.getAsLong(), "ticket")));
    } else {
      findings.notExercised(
          Name.LIMIT,
          words("no customer asked for more than %s", counted(limit.getAsLong(), "ticket")));
    }
    if (judged == 0) {
      findings.notExercised(Name.FALSE_LIMITED, "nobody was refused as limited");
    } else {
      findings.pass(
          Name.FALSE_LIMITED,
          words(
              "%s, each of a customer who may have had %,d (necessary only)",
              counted(judged, "refusal"), limit.getAsLong()));
    }
  }

  /** Whether the limit may be why {@code attempt} was refused as sold out. */
  boolean excuses(int attempt) {
    return excused.get(attempt);
  }
}
