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
import java.util.stream.LongStream;

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
  private static final int NONE = -1;

  private final Attempts attempts;
  private final OptionalLong limit;
  private final Findings findings;

  /** Refusals as sold out that the limit excuses. */
  private final BitSet excused = new BitSet();

  private int judged;

  LimitRules(Attempts attempts, OptionalLong limit, Findings findings) {
    this.attempts = attempts;
    this.limit = limit;
    this.findings = findings;
  }

  /** The customer of each attempt as a number. It is negative if the attempt names no customer. */
  static int[] customers(Attempts attempts) {
    var customers = new int[attempts.size()];
    for (var i = 0; i < customers.length; i++) {
      var customer = attempts.customer(i);
      customers[i] = customer != Attempts.NO_NAME ? customer : -1 - attempts.buyer(i);
    }
    return customers;
  }

  void judge() {
    if (limit.isEmpty()) {
      return;
    }
    var customers = Ranking.dense(customers(attempts));
    var takers = Takers.of(attempts, customers);
    judgeSales(takers.beyond(limit.getAsLong()));
    judgeRefusals(takers);
    describe(anyAskedForMore(customers));
  }

  /**
   * @param sales of one customer, more than are allowed, by call; or none
   */
  private void judgeSales(int[] sales) {
    if (sales.length == 0) {
      return;
    }
    var all = IntStream.of(sales).mapToLong(attempts::quantity).sum();
    var shown = 0;
    for (var sum = 0L; sum <= limit.getAsLong() && shown < MOST_SHOWN; shown++) {
      sum += attempts.quantity(sales[shown]);
    }
    findings.fail(
        Name.LIMIT,
        () ->
            words(
                "customer %s has %s, and may have %,d",
                customer(sales[0]), counted(all, "ticket"), limit.getAsLong()),
        Arrays.copyOf(sales, shown));
  }

  private void judgeRefusals(Takers takers) {
    var precedence = new Precedence(attempts);
    var wrong = NONE;
    for (var attempt = 0; attempt < attempts.size(); attempt++) {
      var kind = attempts.kind(attempt);
      if (kind != Outcome.Kind.LIMITED && kind != Outcome.Kind.SOLD_OUT) {
        continue;
      }
      var filled = takers.before(attempt) + attempts.quantity(attempt) > limit.getAsLong();
      if (kind == Outcome.Kind.SOLD_OUT) {
        excused.set(attempt, filled);
      } else {
        judged++;
        if (!filled && (wrong == NONE || precedence.compareByCall(attempt, wrong) < 0)) {
          wrong = attempt;
        }
      }
    }
    if (wrong != NONE) {
      failLimited(wrong, takers.before(wrong));
    }
  }

  private boolean anyAskedForMore(int[] customers) {
    var asked = new long[1 + IntStream.of(customers).max().orElse(0)];
    for (var attempt = 0; attempt < attempts.size(); attempt++) {
      if (attempts.kind(attempt) != Outcome.Kind.FAILED) {
        asked[customers[attempt]] += attempts.quantity(attempt);
      }
    }
    return LongStream.of(asked).anyMatch(sum -> sum > limit.getAsLong());
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

  private void describe(boolean reached) {
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
