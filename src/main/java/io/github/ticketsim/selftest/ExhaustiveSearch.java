package io.github.ticketsim.selftest;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Judgement.Result;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** What must be said of a small history, found without any rule of the verifier's. */
public final class ExhaustiveSearch {
  private static final int SMALL = 7;
  private static final int HISTORIES = 2_000;

  private ExhaustiveSearch() {}

  static List<HistoryClass> kinds() {
    return List.of(
        new HistoryClass(
            "random histories of up to " + SMALL + " attempts",
            Expected.AS_SEARCHED,
            HistoryClass.ALL,
            List.of(SMALL),
            HISTORIES,
            given -> trial(new RandomHistories(given.model(), given.seed()).next())));
  }

  /** The history with what {@link BruteForce} finds of it. */
  public static Trial trial(History history) {
    return new Trial(history, claims(history));
  }

  private static Claims claims(History history) {
    var explanation = BruteForce.explain(history);
    var open = unexercised(history);
    var claims =
        explanation
            .map(
                sold ->
                    Claims.result(provesTooLittle(history, open) ? Result.UNKNOWN : Result.VALID)
                        .sold(sold)
                        .leavesOpen(open))
            .orElseGet(Claims::invalid);
    return failsExactlyIf(
        sharesAValue(history),
        Name.DUPLICATE_TICKET,
        failsExactlyIf(oversells(history), Name.OVERSELL, claims));
  }

  private static Claims failsExactlyIf(boolean broken, Name name, Claims claims) {
    return broken ? claims.fails(name) : claims.spares(name);
  }

  /** Whether some order explains {@code history}. */
  public static boolean explains(History history) {
    return BruteForce.explain(history).isPresent();
  }

  private static boolean provesTooLittle(History history, Set<Name> open) {
    return open.contains(Name.OVERSELL)
        || open.contains(Name.CONSERVATION)
        || history.attempts().count(Outcome.Kind.SOLD) == 0;
  }

  private static Set<Name> unexercised(History history) {
    var attempts = history.attempts();
    var settlement = history.ending().settlement();
    var refused = attempts.count(Outcome.Kind.SOLD_OUT);
    var open = EnumSet.noneOf(Name.class);
    if (attempts.count(Outcome.Kind.SOLD) + refused <= history.run().stock()) {
      open.add(Name.OVERSELL);
    }
    if (history.run().model() == Model.TALLY || values(history).length == 0) {
      open.add(Name.DUPLICATE_TICKET);
    }
    if (refused == 0) {
      open.addAll(Set.of(Name.UNDERSELL, Name.FALSE_SOLD_OUT));
    }
    if (!anyOverlap(attempts)) {
      open.add(Name.REAL_TIME_ORDER);
    }
    if (!settlement.settled() || settlement.left().isEmpty()) {
      open.add(Name.CONSERVATION);
    }
    return open;
  }

  private static boolean anyOverlap(Attempts attempts) {
    return executed(attempts)
        .anyMatch(
            i ->
                executed(attempts)
                    .anyMatch(
                        j ->
                            i < j
                                && attempts.callNanos(i) <= end(attempts, j)
                                && attempts.callNanos(j) <= end(attempts, i)));
  }

  private static IntStream executed(Attempts attempts) {
    return IntStream.range(0, attempts.size()).filter(i -> attempts.kind(i) != Outcome.Kind.FAILED);
  }

  private static long end(Attempts attempts, int index) {
    return attempts.kind(index) == Outcome.Kind.INDETERMINATE
        ? Long.MAX_VALUE
        : attempts.returnNanos(index);
  }

  private static boolean oversells(History history) {
    var attempts = history.attempts();
    return attempts.count(Outcome.Kind.SOLD) > Math.max(0, history.run().stock())
        || executed(attempts)
            .filter(i -> attempts.kind(i) == Outcome.Kind.SOLD && attempts.hasValue(i))
            .anyMatch(i -> attempts.value(i) < 0);
  }

  private static boolean sharesAValue(History history) {
    var values = values(history);
    return IntStream.range(0, values.length)
        .anyMatch(i -> IntStream.range(0, i).anyMatch(j -> values[i] == values[j]));
  }

  /** In model bounded a refusal takes nothing, and tells at the most what it found. */
  private static long[] values(History history) {
    var attempts = history.attempts();
    return executed(attempts)
        .filter(attempts::hasValue)
        .filter(
            i -> history.run().model() != Model.BOUNDED || attempts.kind(i) == Outcome.Kind.SOLD)
        .mapToLong(attempts::value)
        .toArray();
  }
}
