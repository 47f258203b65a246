package io.github.ticketsim.verify;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check.Name;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rules for purchases of several tickets whose replies say only sold or sold out.
 *
 * <p>If all sales act at their call and all refusals act at their return, each refusal finds the
 * least that any order leaves it, and real time is respected. So a history is legal if and only if
 * some of the indeterminate attempts take so much that each refusal of q finds fewer than q left,
 * and that all sales together do not exceed the stock. That is a subset sum, which is searched in
 * the order of calls up to a bound.
 */
final class QuantityTallyRules implements Rules {
  /** Bits times steps: about a second. */
  private static final long MOST_WORK = 1L << 34;

  /** A set of sums up to it, shifted by one of them, is still within what a BigInteger holds. */
  private static final int MOST_SUM = Integer.MAX_VALUE / 2 - 1;

  private final Facts facts;
  private final Findings findings;
  private final int[] sales;
  private final int[] refusals;
  private Optional<String> open = Optional.empty();

  QuantityTallyRules(Facts facts, Findings findings) {
    this.facts = facts;
    this.findings = findings;
    var precedence = new Precedence(facts.attempts());
    this.sales = precedence.sorted(all(Outcome.Kind.SOLD));
    this.refusals =
        Ranking.ascending(
            precedence.sorted(all(Outcome.Kind.SOLD_OUT)), facts.attempts()::returnNanos);
  }

  private int[] all(Outcome.Kind kind) {
    return facts.attempts().where(i -> facts.attempts().kind(i) == kind);
  }

  @Override
  public void judge() {
    facts.left().ifPresent(this::judgeRead);
    judgeRefusals();
    if (!findings.anyFailed()) {
      search();
    }
  }

  private void judgeRead(long left) {
    Conservation.judge(facts, findings, left);
    new QuantityOutcomes(facts, findings).judgeLeft(refusals, left);
  }

  /** What each refusal needs by itself, if every indeterminate attempt may have acted or not. */
  private void judgeRefusals() {
    var attempts = facts.attempts();
    var sold = 0;
    var unknown = 0;
    var soldBefore = 0L;
    var unknownBefore = 0L;
    for (var refusal : refusals) {
      var returned = attempts.returnNanos(refusal);
      while (sold < sales.length && attempts.callNanos(sales[sold]) <= returned) {
        soldBefore += quantity(sales[sold++]);
      }
      while (unknown < facts.unknown().length
          && attempts.callNanos(facts.unknown()[unknown]) <= returned) {
        unknownBefore += quantity(facts.unknown()[unknown++]);
      }
      var wanted = quantity(refusal);
      var most = soldBefore + unknownBefore;
      if (most <= facts.tickets() - wanted) {
        findings.fail(
            Name.FALSE_SOLD_OUT,
            () ->
                words(
                    "a buyer of %,d was refused when at most %,d of %s could have been taken",
                    wanted, most, counted(facts.tickets(), "ticket")),
            refusal);
      }
      var after = facts.soldTickets() - soldBefore;
      if (after >= wanted) {
        findings.fail(
            Name.FALSE_SOLD_OUT,
            () ->
                words(
                    "a buyer of %,d was refused, and afterwards %s still sold",
                    wanted, counted(after, "ticket was", "tickets were")),
            refusal,
            sales[sales.length - 1]);
      }
      if (facts.mostSold() <= facts.tickets() - wanted) {
        findings.fail(
            Name.UNDERSELL,
            () ->
                words(
                    "a buyer of %,d was refused, but at most %,d of %s ever taken",
                    wanted,
                    facts.mostSold(),
                    counted(facts.tickets(), "ticket was", "tickets were")),
            refusal);
      }
    }
  }

  /** Looks for indeterminate attempts that explain all refusals and what was read, at once. */
  private void search() {
    var room = facts.tickets() - facts.soldTickets();
    var most = Math.min(room, facts.unknownTickets());
    if (most < 0 || tooMuchWork(most)) {
      giveUp();
      return;
    }
    var mask = mask(most);
    var attempts = facts.attempts();
    // Bit n: some of the attempts so far take n tickets together.
    var sums = BigInteger.ONE;
    var sold = 0;
    var unknown = 0;
    var soldBefore = 0L;
    for (var refusal : refusals) {
      var returned = attempts.returnNanos(refusal);
      while (sold < sales.length && attempts.callNanos(sales[sold]) <= returned) {
        soldBefore += quantity(sales[sold++]);
      }
      while (unknown < facts.unknown().length
          && attempts.callNanos(facts.unknown()[unknown]) <= returned) {
        sums = plus(sums, facts.unknown()[unknown++], mask);
      }
      var needed = facts.tickets() - quantity(refusal) + 1 - soldBefore;
      if (needed > 0) {
        sums = needed > most ? BigInteger.ZERO : from(sums, (int) needed);
      }
      if (sums.signum() == 0) {
        findings.fail(
            Name.FALSE_SOLD_OUT,
            () ->
                words(
                    "a buyer of %,d was refused, and no indeterminate attempts can have taken just"
                        + " so much that neither this nor what was sold is wrong",
                    quantity(refusal)),
            refusal);
        return;
      }
    }
    while (unknown < facts.unknown().length) {
      sums = plus(sums, facts.unknown()[unknown++], mask);
    }
    judgeSum(sums);
  }

  private boolean tooMuchWork(long most) {
    return most > MOST_SUM || facts.unknown().length * (most + Long.SIZE) > MOST_WORK;
  }

  private void giveUp() {
    open =
        Optional.of(
            words(
                "whether some of %,d indeterminate attempts of several quantities explain the"
                    + " refusals was not searched to the end; see why replies are missing",
                facts.unknown().length));
  }

  private static BigInteger mask(long most) {
    return BigInteger.ONE.shiftLeft((int) most + 1).subtract(BigInteger.ONE);
  }

  /** Below zero went what attempts of unknown fate took, whether or not it was there. */
  private void judgeSum(BigInteger sums) {
    if (facts.left().isEmpty()) {
      return;
    }
    var missing = facts.takenUntil(facts.left().getAsLong()) - facts.soldTickets();
    if (tooMuchWork(missing)) {
      giveUp();
    } else if (!(facts.left().getAsLong() < facts.floor() ? allSums(missing) : sums)
        .testBit((int) missing)) {
      findings.fail(
          Name.CONSERVATION,
          () ->
              words(
                  "%s taken that no sale accounts for, and no indeterminate attempts asked for just"
                      + " so many",
                  counted(missing, "ticket was", "tickets were")));
    }
  }

  private BigInteger allSums(long most) {
    var mask = mask(most);
    var sums = BigInteger.ONE;
    for (var attempt : facts.unknown()) {
      sums = plus(sums, attempt, mask);
    }
    return sums;
  }

  private BigInteger plus(BigInteger sums, int attempt, BigInteger mask) {
    return quantity(attempt) > mask.bitLength()
        ? sums
        : sums.or(sums.shiftLeft((int) quantity(attempt))).and(mask);
  }

  private static BigInteger from(BigInteger sums, int least) {
    return sums.shiftRight(least).shiftLeft(least);
  }

  private long quantity(int attempt) {
    return facts.attempts().quantity(attempt);
  }

  @Override
  public Judgement.SoldBounds sold() {
    var most = Math.min(facts.tickets(), facts.mostSold());
    if (facts.left().isPresent()) {
      var sold = Math.min(facts.takenUntil(facts.left().getAsLong()), facts.tickets());
      return new Judgement.SoldBounds(sold, sold);
    }
    var least =
        IntStream.of(refusals)
            .mapToLong(refusal -> facts.tickets() - quantity(refusal) + 1)
            .max()
            .orElse(0);
    return new Judgement.SoldBounds(Math.min(Math.max(least, facts.soldTickets()), most), most);
  }

  /** Replies without values leave no trace to read. */
  @Override
  public List<Cause> causes() {
    return List.of();
  }

  @Override
  public Optional<String> open() {
    return open;
  }
}
