package io.github.ticketsim.selftest;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntToLongFunction;

/**
 * What a history is made from, still open to tampering.
 *
 * @param model what replies promise
 * @param stock the counter at the start
 * @param attempts in the order in which they took effect
 * @param settlement what was read afterwards
 */
public record SampleSale(Model model, long stock, List<Attempt> attempts, Settlement settlement) {
  static final Outcome FAILED = new Outcome.Failed("connection refused");
  static final Outcome LOST = new Outcome.Indeterminate("read timed out");

  /** Copies {@code attempts}. */
  public SampleSale {
    attempts = List.copyOf(attempts);
  }

  /**
   * How a legal sale is to look.
   *
   * @param attempts how many
   * @param gap time between two effects
   * @param spread how long before and after its effect an attempt's call and return may be
   * @param lost the share of attempts that become indeterminate, half of them without an effect
   * @param failed the share of attempts that fail
   */
  public record Shape(int attempts, int gap, int spread, double lost, double failed) {

    /** Attempts with effects more than three gaps apart do not overlap; every one is replied. */
    public static Shape calm(int attempts) {
      return new Shape(attempts, 10, 15, 0, 0);
    }

    /** Attempts overlap with many others; every one is replied. */
    static Shape crowded(int attempts) {
      return new Shape(attempts, 10, 500, 0, 0);
    }
  }

  /** Plays a sale as the model says; each attempt takes effect between its call and its return. */
  public static SampleSale legal(Model model, long stock, Shape shape, Random random) {
    var attempts = new ArrayList<Attempt>();
    var counter = stock;
    for (var i = 0; i < shape.attempts(); i++) {
      var effect = (long) i * shape.gap() + shape.spread();
      var call = effect - random.nextInt(shape.spread() + 1);
      var returned = OptionalLong.of(effect + random.nextInt(shape.spread() + 1));
      var executed = true;
      var lost = random.nextDouble() < shape.lost();
      if (lost) {
        executed = random.nextBoolean();
      }
      if (random.nextDouble() < shape.failed()) {
        attempts.add(Histories.attempt(i, call, returned, FAILED));
        continue;
      }
      var sells = counter > 0;
      if (executed && (sells || model == Model.COUNTER)) {
        counter--;
      }
      var value = carriesValue(model, sells) ? OptionalLong.of(counter) : OptionalLong.empty();
      attempts.add(
          lost
              ? Histories.attempt(i, call, OptionalLong.empty(), LOST)
              : Histories.attempt(
                  i, call, returned, sells ? new Outcome.Sold(value) : new Outcome.SoldOut(value)));
    }
    return new SampleSale(model, stock, attempts, Settlement.settled(counter));
  }

  private static boolean carriesValue(Model model, boolean sells) {
    return switch (model) {
      case COUNTER -> true;
      case BOUNDED -> sells;
      case TALLY -> false;
    };
  }

  /** The history of this sale, its lines in an order that gives nothing away. */
  public History history(Random random) {
    var shuffled = new ArrayList<>(attempts);
    Collections.shuffle(shuffled, random);
    return Histories.of(model, stock).addAll(shuffled).ended(settlement).build();
  }

  public Attempt at(int index) {
    return attempts.get(index);
  }

  public long left() {
    return settlement.left().orElseThrow();
  }

  /** How many attempts there are. */
  int size() {
    return attempts.size();
  }

  SampleSale withAttempts(List<Attempt> others) {
    return new SampleSale(model, stock, others, settlement);
  }

  SampleSale with(int index, Attempt attempt) {
    var changed = new ArrayList<>(attempts);
    changed.set(index, attempt);
    return withAttempts(changed);
  }

  /** With another outcome of attempt {@code index}, which returns at once if it never did. */
  public SampleSale with(int index, Outcome outcome) {
    var old = at(index);
    var returned =
        outcome instanceof Outcome.Indeterminate
            ? OptionalLong.empty()
            : OptionalLong.of(old.returnNanos().orElse(old.callNanos()));
    return with(index, changed(old, old.callNanos(), returned, outcome));
  }

  /** With what two attempts were told the other way round. */
  SampleSale swapped(int index, int other) {
    return with(index, at(other).outcome()).with(other, at(index).outcome());
  }

  /** Attempt {@code index} later by {@code nanos}. */
  SampleSale shifted(int index, long nanos) {
    var old = at(index);
    return with(
        index,
        changed(old, old.callNanos() + nanos, raised(old.returnNanos(), nanos), old.outcome()));
  }

  /** With other times: {@code call} and {@code returned} of each index, where there is a return. */
  SampleSale timed(IntToLongFunction call, IntToLongFunction returned) {
    var timed = new ArrayList<Attempt>();
    for (var i = 0; i < size(); i++) {
      var old = at(i);
      timed.add(
          changed(
              old,
              call.applyAsLong(i),
              old.returnNanos().isPresent()
                  ? OptionalLong.of(returned.applyAsLong(i))
                  : OptionalLong.empty(),
              old.outcome()));
    }
    return withAttempts(timed);
  }

  /** With one attempt more, which takes the next number. */
  SampleSale plus(long call, OptionalLong returned, Outcome outcome) {
    var more = new ArrayList<>(attempts);
    more.add(Histories.attempt(size(), call, returned, outcome));
    return withAttempts(more);
  }

  /** With attempt {@code index} under another id. */
  SampleSale withId(int index, UUID id) {
    var old = at(index);
    return with(
        index,
        Attempt.of(
            id,
            old.timestampMillis(),
            old.buyer(),
            old.poolWaitNanos(),
            old.callNanos(),
            old.returnNanos(),
            old.outcome()));
  }

  /** Attempt {@code index} as if it had never been recorded. */
  public SampleSale without(int index) {
    var fewer = new ArrayList<>(attempts);
    fewer.remove(index);
    return withAttempts(fewer);
  }

  /** This sale, and after it another on the same key, which need not go on where this one ended. */
  SampleSale then(SampleSale later) {
    var all = new ArrayList<>(attempts);
    var lastReturn =
        attempts.stream().mapToLong(each -> each.returnNanos().orElse(0)).max().orElse(0);
    for (var each : later.attempts) {
      all.add(
          Histories.attempt(
              all.size(),
              each.callNanos() + lastReturn + 1,
              raised(each.returnNanos(), lastReturn + 1),
              each.outcome()));
    }
    return withAttempts(all).settled(later.settlement);
  }

  /** With the values of all attempts from {@code index} on, and of the read, raised. */
  SampleSale raisedFrom(int index, long by) {
    var raised = new ArrayList<>(attempts.subList(0, index));
    attempts.subList(index, attempts.size()).stream()
        .map(attempt -> raised(attempt, by))
        .forEach(raised::add);
    return withAttempts(raised)
        .settled(
            new Settlement(
                raised(settlement.left(), by), settlement.settled(), settlement.problem()));
  }

  private static Attempt raised(Attempt old, long by) {
    var outcome = old.outcome();
    return old.with(outcome.kind().of(raised(outcome.value(), by), outcome.error()));
  }

  private static OptionalLong raised(OptionalLong value, long by) {
    return value.isPresent() ? OptionalLong.of(value.getAsLong() + by) : value;
  }

  private static Attempt changed(Attempt old, long call, OptionalLong returned, Outcome outcome) {
    return Attempt.of(
        old.id(), old.timestampMillis(), old.buyer(), old.poolWaitNanos(), call, returned, outcome);
  }

  SampleSale withLeft(long left) {
    return settled(Settlement.settled(left));
  }

  public SampleSale settled(Settlement other) {
    return new SampleSale(model, stock, attempts, other);
  }
}
