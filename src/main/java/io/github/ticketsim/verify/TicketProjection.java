package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.verify.Selection.MissingValue;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * For the models whose replies carry the counter: keeps a set K of its values, takes every other
 * ticket out of the stock together with whoever took it, and numbers what is kept anew: the values
 * from the floor up close up down to it, those below close up to it.
 *
 * <p>Why the part is linearizable if the whole is: then C1 to C4 hold, and so there is an order
 * that explains the whole in which the k-th hole is taken by the k-th indeterminate attempt by call
 * time, and no other indeterminate attempt acts (see {@link Holes}). Strike from it every attempt
 * whose value is not in K. What is left takes one after the other the values of K, in falling
 * order, and still respects real time. Renumbered, the counter starts at the number of kept tickets
 * and falls by one each time; sales stay at or above the floor and refusals below it; refusals
 * without a value stand behind every ticket of the stock, and so behind every kept one. The read
 * finds the kept values taken that are not below what it found. So the part is explained by
 *
 * <ul>
 *   <li>of the replies at each value in K at least one: in a legal history there is just one;
 *   <li>of the indeterminate attempts those that take a hole in K; more of them do no harm;
 *   <li>of the refusals without a value, and of the failed attempts, any;
 *   <li>the read, or none.
 * </ul>
 *
 * A reply at or above the stock explains nothing in any history. It is kept as far above.
 */
final class TicketProjection implements Projection {
  private static final int MOST_SURPLUS = 5;
  private static final int MOST_SPARE = 2;

  private final History history;
  private final Facts facts;
  private final TicketOrder order;
  private final Holes holes;

  TicketProjection(History history, Facts facts) {
    this.history = history;
    this.facts = facts;
    this.order = TicketOrder.of(facts).decided();
    this.holes = new Holes(facts, new Findings(facts.attempts()), order);
  }

  @Override
  public List<Selection> suspects(Judgement failed) {
    var attempts = new LinkedHashSet<>(Receipts.of(failed, facts.attempts()));
    var gaps = new LinkedHashSet<MissingValue>();
    surplus(attempts);
    refusedWithTicket(attempts, gaps);
    var hole = holes.unfilled();
    if (hole.isPresent()) {
      keep(hole.getAsLong(), attempts, gaps);
      order.below(hole.getAsLong()).ifPresent(attempts::add);
    }
    if (facts.left().isPresent()) {
      var left = facts.left().getAsLong();
      if (left > facts.floor() && left <= facts.stock()) {
        keep(left - 1, attempts, gaps);
      } else if (left < facts.floor() && facts.model() == Model.BOUNDED) {
        keep(facts.floor() - 1, attempts, gaps);
      }
    }
    // Two sales of one ticket oversell nothing where another one was never sold.
    holes.firstTickets(MOST_SPARE).forEach(value -> keep(value, attempts, gaps));
    return Stream.concat(attempts.stream().map(Selection::of), gaps.stream().map(Selection::of))
        .toList();
  }

  /** More replies than values to go round: those out of reach, and those that share one. */
  private void surplus(Set<Integer> attempts) {
    var most = attempts.size() + MOST_SURPLUS;
    for (var place = 0; place < order.size() && attempts.size() < most; place++) {
      if (order.carriesValue(place) && order.valueAt(place) >= facts.stock()) {
        attempts.add(order.at(place));
      } else if (place > 0 && order.carriesValue(place) && order.samePosition(place - 1, place)) {
        attempts.add(order.at(place - 1));
        attempts.add(order.at(place));
      }
    }
  }

  /** A refusal in model bounded that found a ticket needs two: the one, and one that was left. */
  private void refusedWithTicket(Set<Integer> attempts, Set<MissingValue> gaps) {
    for (var index : List.copyOf(attempts)) {
      var value = facts.attempts().hasValue(index) ? facts.attempts().value(index) : 0;
      if (!facts.carriesValue(index) && value > 0) {
        keep(Math.min(value, facts.stock()) - 1, attempts, gaps);
      }
    }
  }

  private void keep(long value, Set<Integer> attempts, Set<MissingValue> gaps) {
    gap(value).ifPresentOrElse(gaps::add, () -> order.holder(value).ifPresent(attempts::add));
  }

  /** The gap at {@code value}; empty where a reply carries it, or no counter could reach it. */
  Optional<MissingValue> gap(long value) {
    return value >= facts.stock() || order.holder(value).isPresent()
        ? Optional.empty()
        : Optional.of(new MissingValue(value, holes.filler(value)));
  }

  @Override
  public History onto(Selection selection) {
    var kept = new HashSet<>(selection.attempts());
    var values = new TreeSet<Long>();
    for (var gap : selection.gaps()) {
      values.add(gap.value());
      gap.filler().ifPresent(kept::add);
    }
    for (var index : selection.attempts()) {
      if (isReplyInReach(index)) {
        values.add(facts.attempts().value(index));
      }
    }
    var numbers = new Numbers(values);
    return Projection.part(
        history,
        numbers.stock(),
        Selection.inOrder(kept, facts.attempts()).mapToObj(numbers::renumbered).toList(),
        selection.read() && facts.left().isPresent()
            ? OptionalLong.of(numbers.left(facts.left().getAsLong()))
            : OptionalLong.empty());
  }

  private boolean isReplyInReach(int index) {
    return facts.carriesValue(index) && facts.attempts().value(index) < facts.stock();
  }

  /** The new numbers of the kept values, all of them below the stock. */
  private final class Numbers {
    private final NavigableSet<Long> kept;

    Numbers(NavigableSet<Long> kept) {
      this.kept = kept;
    }

    long stock() {
      return facts.floor() + kept.tailSet(facts.floor(), true).size();
    }

    private long of(long value) {
      if (value >= facts.stock()) {
        return value - (facts.stock() - stock());
      }
      return value >= facts.floor()
          ? facts.floor() + kept.subSet(facts.floor(), value).size()
          : facts.floor() - 1 - kept.subSet(value, false, facts.floor(), false).size();
    }

    long left(long left) {
      return left >= facts.stock() ? of(left) : stock() - kept.tailSet(left, true).size();
    }

    Attempt renumbered(int index) {
      var old = facts.attempts().get(index);
      var outcome = old.outcome().kind().of(of(old.outcome().value()), old.outcome().error());
      return Attempt.of(
          old.id(),
          old.timestampMillis(),
          old.buyer(),
          old.poolWaitNanos(),
          old.callNanos(),
          old.returnNanos(),
          outcome);
    }

    private OptionalLong of(OptionalLong value) {
      return value.isPresent() ? OptionalLong.of(of(value.getAsLong())) : value;
    }
  }
}
