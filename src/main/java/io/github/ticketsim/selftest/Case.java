package io.github.ticketsim.selftest;

import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check.Name;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/**
 * One made-up sale, out of which 7 of 10 attempts get a ticket. Its attempts are numbered, as
 * buyers, in the order in which they took effect.
 *
 * @param model what its replies promise
 * @param size how many attempts, from 10 up
 * @param seed of its times
 */
public record Case(Model model, int size, long seed) {

  Random random() {
    return new Random(seed);
  }

  int stock() {
    return size * 7 / 10;
  }

  int lastSale() {
    return stock() - 1;
  }

  int lastRefusal() {
    return size - 1;
  }

  /** A sale in the midst of sales, none of them concurrent with the last one. */
  int someSale() {
    return 1 + random().nextInt(stock() - 5);
  }

  boolean hasValues() {
    return model != Model.TALLY;
  }

  boolean isCounter() {
    return model == Model.COUNTER;
  }

  boolean isSmall() {
    return size == HistoryClass.SIZES.getFirst();
  }

  /** Longer than the whole sale lasts. */
  long ages() {
    return 100L * size;
  }

  SampleSale sale() {
    return legal(stock(), size);
  }

  /** A sale of {@code attempts} that begins at {@code counter}. */
  SampleSale legal(long counter, int attempts) {
    return SampleSale.legal(model, counter, SampleSale.Shape.calm(attempts), random());
  }

  /** A sale of which one half is over before another, which begins at {@code counter}, begins. */
  SampleSale brokenOff(long counter) {
    return firstHalf().then(legal(counter, size - half()));
  }

  SampleSale firstHalf() {
    return legal(stock(), half());
  }

  int half() {
    return size / 2;
  }

  /** A sale as the model would report it, with {@code left} left where it says so. */
  Outcome sold(long left) {
    return new Outcome.Sold(hasValues() ? OptionalLong.of(left) : OptionalLong.empty());
  }

  /** A refusal as the model would report it. */
  Outcome refused(long value) {
    return new Outcome.SoldOut(isCounter() ? OptionalLong.of(value) : OptionalLong.empty());
  }

  /** Of the checks, {@code names}, and what no history of this model exercises. */
  Set<Name> unexercised(Name... names) {
    var open = Claims.setOf(names);
    if (!hasValues()) {
      open.add(Name.DUPLICATE_TICKET);
    }
    return open;
  }

  Trial trial(SampleSale sale, Claims claims) {
    return new Trial(sale.history(random()), claims);
  }
}
