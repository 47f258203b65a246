package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.stock.Outcome;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * For replies without values: keeps some of the <em>takers</em>, and takes every other out together
 * with a ticket.
 *
 * <p>Takers are the sales, and the first m indeterminate attempts by call time, where m is how many
 * of them must have taken a ticket: S - left - sold where the counter was read, S - sold where
 * anybody was refused and so nothing was left, else 0.
 *
 * <p>Why the part is linearizable if the whole is: then there is an order that explains the whole
 * in which just the takers take, since one that was called earlier can stand in for one that was
 * called later, and one that needs not act need not. In it u = S - takers tickets are never taken;
 * u is what the read finds, and is zero once anybody was refused. Strike takers from it, and as
 * many tickets: whoever is left finds as many tickets behind himself as before, refusals still
 * stand behind the last ticket, and the read finds the same. Where the read is below zero, by d, so
 * many more indeterminate attempts have taken one there without putting it back; strike any of them
 * and the read finds one more. Where u is above zero nobody was refused, and all but one of the
 * tickets never taken can go as well. So the part is explained by any takers with their number + u
 * tickets, and any refusals and failed attempts; further indeterminate attempts do no harm.
 *
 * <p>Where u is negative, or not what was read, the whole is not linearizable, and there is nothing
 * to preserve but how it is broken: who compares u, the read and the floor finds the same order.
 */
final class TallyProjection implements Projection {
  private static final int MOST_SPARE = 3;

  private final History history;
  private final Facts facts;
  private final Precedence precedence;
  private final Set<Integer> fillers = new HashSet<>();

  /** Indeterminate attempts that must have taken one below zero. */
  private final Set<Integer> drifters = new HashSet<>();

  /** How many tickets are never taken; negative where more are sold than there are. */
  private final long untaken;

  TallyProjection(History history, Facts facts) {
    this.history = history;
    this.facts = facts;
    this.precedence = new Precedence(facts.attempts());
    var taken =
        facts.left().isPresent()
            ? facts.takenUntil(facts.left().getAsLong())
            : facts.refused() > 0 ? facts.tickets() : 0;
    var needed = Math.clamp(taken - facts.sold(), 0, facts.unknown().length);
    var filled = Math.clamp(facts.tickets() - facts.sold(), 0, needed);
    for (var i = 0; i < needed; i++) {
      (i < filled ? fillers : drifters).add(facts.unknown()[i]);
    }
    untaken = facts.tickets() - facts.sold() - filled;
  }

  @Override
  public List<Selection> suspects(Judgement failed) {
    var suspects = new LinkedHashSet<>(Receipts.of(failed, facts.attempts()));
    var attempts = facts.attempts();
    // Two sales of one ticket oversell it; the latest taker comes too late for a refusal.
    var sales = all(i -> attempts.kind(i) == Outcome.Kind.SOLD).toArray();
    Arrays.stream(precedence.sorted(sales)).limit(MOST_SPARE).forEach(suspects::add);
    latest(this::takes).ifPresent(suspects::add);
    // More of those that may have taken a ticket than the figures ask for.
    Arrays.stream(facts.unknown()).filter(i -> !takes(i)).limit(MOST_SPARE).forEach(suspects::add);
    return suspects.stream().map(Selection::of).toList();
  }

  @Override
  public History onto(Selection selection) {
    var kept =
        Selection.inOrder(selection.attempts(), facts.attempts())
            .mapToObj(facts.attempts()::get)
            .toList();
    var takers = (int) selection.attempts().stream().filter(this::takes).count();
    var drift = (int) selection.attempts().stream().filter(drifters::contains).count();
    var left =
        facts.left().isPresent() ? aboveFloor(facts.left().getAsLong()) + drifters.size() : untaken;
    // Where more are sold than one, there still is one: two sales of one say more than one of none.
    var least = untaken < 0 ? Math.min(facts.tickets(), 1) : 0;
    var tickets = Math.max(least, takers + rank(untaken, left));
    var shownLeft =
        facts.left().isPresent() && facts.left().getAsLong() > facts.stock()
            ? tickets + 1
            : rank(left, untaken);
    return Projection.part(
        history,
        facts.floor() + tickets,
        kept,
        selection.read() && facts.left().isPresent()
            ? OptionalLong.of(facts.floor() + shownLeft - drift)
            : OptionalLong.empty());
  }

  private boolean takes(int attempt) {
    return facts.attempts().kind(attempt) == Outcome.Kind.SOLD || fillers.contains(attempt);
  }

  private long aboveFloor(long left) {
    var above = left - facts.floor();
    return above < left ? Long.MAX_VALUE - drifters.size() : above;
  }

  /** The least number that compares with zero and with {@code other} as {@code figure} does. */
  private static int rank(long figure, long other) {
    var sign = Long.signum(figure);
    return Long.signum(other) == sign && Long.compare(figure, other) == sign ? 2 * sign : sign;
  }

  private IntStream all(IntPredicate wanted) {
    return IntStream.range(0, facts.attempts().size()).filter(wanted);
  }

  private OptionalInt latest(IntPredicate wanted) {
    return all(wanted).reduce((a, b) -> precedence.compareByCall(b, a) > 0 ? b : a);
  }
}
