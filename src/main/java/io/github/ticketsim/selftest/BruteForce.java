package io.github.ticketsim.selftest;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Judgement;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Judges a small history by trying every order of its attempts that respects real time. Nothing
 * here knows of ticket numbers or clauses: it plays the sale, attempt by attempt, as its model
 * says.
 */
final class BruteForce {
  private final Model model;
  private final OptionalLong left;
  private final List<Attempt> attempts;
  private final Set<State> seen = new HashSet<>();
  private final LongSummaryStatistics sold = new LongSummaryStatistics();

  /**
   * How far one order has come.
   *
   * @param done a bit for each attempt that took effect
   * @param counter what is left
   * @param sold how many tickets were sold
   */
  private record State(int done, long counter, long sold) {}

  private BruteForce(History history) {
    var settlement = history.ending().settlement();
    model = history.run().model();
    left = settlement.settled() ? settlement.left() : OptionalLong.empty();
    attempts =
        IntStream.range(0, history.attempts().size())
            .mapToObj(history.attempts()::get)
            .filter(attempt -> !(attempt.outcome() instanceof Outcome.Failed))
            .toList();
  }

  /** How many tickets were sold in any order that explains the history; empty if none does. */
  static Optional<Judgement.SoldBounds> explain(History history) {
    var search = new BruteForce(history);
    search.visit(new State(0, history.run().stock(), 0));
    return search.sold.getCount() == 0
        ? Optional.empty()
        : Optional.of(new Judgement.SoldBounds(search.sold.getMin(), search.sold.getMax()));
  }

  private void visit(State state) {
    if (!seen.add(state)) {
      return;
    }
    if (explainsAllReplies(state) && (left.isEmpty() || left.getAsLong() == state.counter())) {
      sold.accept(state.sold());
    }
    for (var next = 0; next < attempts.size(); next++) {
      if (isOpen(state, next) && mayComeNext(state, attempts.get(next))) {
        step(state, next).ifPresent(this::visit);
        drift(state, next).ifPresent(this::visit);
      }
    }
  }

  private boolean explainsAllReplies(State state) {
    return IntStream.range(0, attempts.size())
        .filter(i -> isOpen(state, i))
        .allMatch(i -> attempts.get(i).outcome() instanceof Outcome.Indeterminate);
  }

  private static boolean isOpen(State state, int attempt) {
    return (state.done() & 1 << attempt) == 0;
  }

  private boolean mayComeNext(State state, Attempt next) {
    return IntStream.range(0, attempts.size())
        .filter(i -> isOpen(state, i))
        .mapToObj(attempts::get)
        .filter(open -> !(open.outcome() instanceof Outcome.Indeterminate))
        .noneMatch(open -> open.returnNanos().orElseThrow() < next.callNanos());
  }

  /** The state after attempt {@code index} acted; empty if its reply would have been another. */
  private Optional<State> step(State state, int index) {
    var outcome = attempts.get(index).outcome();
    var counter = state.counter();
    var done = state.done() | 1 << index;
    var sells = counter > 0;
    var takes = sells || model == Model.COUNTER;
    if (takes && counter == Long.MIN_VALUE) {
      return Optional.empty();
    }
    var after = takes ? counter - 1 : counter;
    var explained =
        switch (outcome) {
          case Outcome.Sold(var value) -> sells && isReply(value, takes, after);
          case Outcome.SoldOut(var value) -> !sells && isReply(value, takes, after);
          case Outcome.Limited(var value) -> value.isPresent() && isReply(value, takes, after);
          case Outcome.Indeterminate _ -> true;
          case Outcome.Failed _ -> throw new AssertionError("failed attempts have no effect");
        };
    return explained
        ? Optional.of(new State(done, after, state.sold() + (sells ? 1 : 0)))
        : Optional.empty();
  }

  /**
   * The state after attempt {@code index} took one below zero and died before it put it back, which
   * model tally leaves open.
   */
  private Optional<State> drift(State state, int index) {
    return model == Model.TALLY
            && state.counter() <= 0
            && state.counter() > Long.MIN_VALUE
            && attempts.get(index).outcome() instanceof Outcome.Indeterminate
        ? Optional.of(new State(state.done() | 1 << index, state.counter() - 1, state.sold()))
        : Optional.empty();
  }

  private boolean isReply(OptionalLong value, boolean took, long counter) {
    return switch (model) {
      case TALLY -> true;
      case COUNTER -> value.equals(OptionalLong.of(counter));
      case BOUNDED -> value.isEmpty() ? !took : value.getAsLong() == counter;
    };
  }
}
