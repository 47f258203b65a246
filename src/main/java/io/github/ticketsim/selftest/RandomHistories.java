package io.github.ticketsim.selftest;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Small histories of which a good part is legal and a good part is not: legal sales, legal sales
 * tampered with, and pure noise. Times are drawn from so few that many are equal.
 */
public final class RandomHistories {
  private static final int MOST_ATTEMPTS = 7;
  private static final int MOST_STOCK = 4;

  private final Model model;
  private final Random random;

  /** Histories of {@code model}, the same for the same {@code seed}. */
  public RandomHistories(Model model, long seed) {
    this.model = model;
    this.random = new Random(seed);
  }

  /** The next one. */
  public History next() {
    var sale =
        switch (random.nextInt(6)) {
          case 0, 1 -> noise();
          case 2, 3 -> legal();
          case 4 -> tampered(legal());
          default -> tampered(tampered(legal()));
        };
    return sale.history(random);
  }

  private SampleSale legal() {
    var shape =
        new SampleSale.Shape(
            random.nextInt(MOST_ATTEMPTS + 1),
            random.nextInt(3),
            random.nextInt(4),
            random.nextInt(3) * 0.2,
            random.nextInt(2) * 0.2);
    var sale = SampleSale.legal(model, stock(), shape, random);
    return switch (random.nextInt(6)) {
      case 0 -> sale.settled(Settlement.unsettled(OptionalLong.of(number(0)), "still moving"));
      case 1 -> sale.settled(new Settlement(OptionalLong.empty(), true, Optional.of("unreadable")));
      default -> sale;
    };
  }

  private SampleSale noise() {
    var stock = stock();
    var attempts = new ArrayList<Attempt>();
    var size = random.nextInt(MOST_ATTEMPTS + 1);
    for (var i = 0; i < size; i++) {
      attempts.add(attempt(i, stock));
    }
    return new SampleSale(model, stock, attempts, settlement(stock));
  }

  private SampleSale tampered(SampleSale sale) {
    var size = sale.attempts().size();
    if (size == 0 || random.nextInt(6) == 0) {
      return sale.settled(settlement(sale.stock()));
    }
    var index = random.nextInt(size);
    var other = random.nextInt(size);
    return switch (random.nextInt(6)) {
      case 0 -> sale.without(index);
      case 1 -> sale.with(index, attempt(sale.at(index).buyer(), sale.stock()));
      case 2 -> sale.with(index, outcome(sale.stock()));
      case 3 -> sale.with(index, sale.at(other).outcome());
      case 4 -> sale.shifted(index, random.nextInt(-4, 5));
      default -> sale.raisedFrom(index, random.nextInt(-1, 2));
    };
  }

  private Attempt attempt(int number, long stock) {
    var call = random.nextLong(8);
    var outcome = outcome(stock);
    return Histories.attempt(
        number,
        call,
        outcome instanceof Outcome.Indeterminate
            ? OptionalLong.empty()
            : OptionalLong.of(call + random.nextLong(5)),
        outcome);
  }

  /** Mostly one that some reply of the model could be. */
  private Outcome outcome(long stock) {
    return switch (random.nextInt(10)) {
      case 0 -> SampleSale.FAILED;
      case 1 -> SampleSale.LOST;
      case 2, 3, 4 -> refusal(stock);
      default -> sale(stock);
    };
  }

  private Outcome sale(long stock) {
    return new Outcome.Sold(
        model == Model.TALLY ? OptionalLong.empty() : OptionalLong.of(number(stock)));
  }

  private Outcome refusal(long stock) {
    return switch (model) {
      case COUNTER -> new Outcome.SoldOut(OptionalLong.of(number(0)));
      case BOUNDED ->
          new Outcome.SoldOut(
              random.nextInt(20) == 0 ? OptionalLong.of(number(stock)) : OptionalLong.empty());
      case TALLY -> new Outcome.SoldOut(OptionalLong.empty());
    };
  }

  /** A number a little below {@code start}, seldom not; wraps around where there is none. */
  private long number(long start) {
    return start + random.nextInt(-MOST_ATTEMPTS / 2 - 1, 1);
  }

  private long stock() {
    return switch (random.nextInt(40)) {
      case 0 -> -1;
      case 1 -> -2;
      case 2 -> Long.MAX_VALUE - random.nextInt(2);
      case 3 -> Long.MIN_VALUE + random.nextInt(3);
      default -> random.nextInt(MOST_STOCK + 1);
    };
  }

  private Settlement settlement(long stock) {
    return switch (random.nextInt(6)) {
      case 0 -> Settlement.unsettled(OptionalLong.of(number(stock)), "still moving");
      case 1 -> Settlement.unsettled(OptionalLong.empty(), "Redis is gone");
      case 2 -> Settlement.settled(0);
      case 3 -> Settlement.settled(Math.min(stock, 0) + random.nextInt(-1, 2));
      default -> Settlement.settled(number(stock));
    };
  }
}
