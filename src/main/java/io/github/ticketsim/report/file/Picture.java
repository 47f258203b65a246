package io.github.ticketsim.report.file;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check;
import io.github.ticketsim.verify.Judgement.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.stream.Stream;

/**
 * A few attempts that are worth a picture.
 *
 * @param broken the checks that they prove broken; empty if they prove none
 * @param title of the picture, if no check names it
 * @param words what is seen, if no check says so
 * @param attempts at least one, in the order in which they are told of
 */
record Picture(List<Check> broken, String title, String words, List<Attempt> attempts) {
  private static final int MOST_OF_A_KIND = 4;

  /** Of a broken run its witnesses, of others what explains the verdict best. */
  static List<Picture> of(RunReport report) {
    return report.verdict().result() == Result.INVALID
        ? witnesses(report)
        : Stream.concat(unknown(report).stream(), soldOut(report).stream()).toList();
  }

  /** One picture for all checks that the same attempts prove broken. */
  private static List<Picture> witnesses(RunReport report) {
    var checks = new LinkedHashMap<List<Attempt>, List<Check>>();
    for (var check : report.verdict().checks()) {
      if (check.status() == Check.Status.FAIL) {
        check
            .witness()
            .filter(witness -> !witness.attempts().isEmpty())
            .ifPresent(
                witness ->
                    checks.computeIfAbsent(witness.attempts(), _ -> new ArrayList<>()).add(check));
      }
    }
    return checks.entrySet().stream()
        .map(each -> new Picture(each.getValue(), "", "", each.getKey()))
        .toList();
  }

  private static List<Picture> unknown(RunReport report) {
    var attempts = report.history().attempts();
    var lost =
        first(attempts, i -> attempts.kind(i) == Outcome.Kind.INDETERMINATE, attempts::callNanos);
    return lost.isEmpty()
        ? List.of()
        : List.of(
            new Picture(
                List.of(),
                "Answers that never came",
                "Nobody knows what became of these: each may have taken a ticket or not, from the"
                    + " moment it was sent. The verdict allows for both.",
                lost));
  }

  private static List<Picture> soldOut(RunReport report) {
    var attempts = report.history().attempts();
    var sold =
        first(
            attempts,
            i -> attempts.kind(i) == Outcome.Kind.SOLD && attempts.hasReturn(i),
            i -> -attempts.callNanos(i));
    var refused =
        first(
            attempts,
            i -> attempts.kind(i) == Outcome.Kind.SOLD_OUT && attempts.hasReturn(i),
            attempts::returnNanos);
    if (sold.isEmpty() || refused.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Picture(
            List.of(),
            "The moment the tickets ran out",
            "The last buyers that got a ticket and the first that were refused. Bars that overlap"
                + " may have come in either order; some order has to explain every answer.",
            Stream.concat(sold.reversed().stream(), refused.stream()).toList()));
  }

  /** The few that are wanted and have the least keys, in the order of their keys. */
  private static List<Attempt> first(
      Attempts attempts, IntPredicate wanted, IntToLongFunction key) {
    var kept = new PriorityQueue<Integer>(Comparator.comparingLong(key::applyAsLong).reversed());
    for (var i = 0; i < attempts.size(); i++) {
      if (wanted.test(i)
          && (kept.size() < MOST_OF_A_KIND
              || key.applyAsLong(i) < key.applyAsLong(kept.element()))) {
        kept.add(i);
        if (kept.size() > MOST_OF_A_KIND) {
          kept.remove();
        }
      }
    }
    return kept.stream()
        .sorted(Comparator.comparingLong(key::applyAsLong))
        .map(attempts::get)
        .toList();
  }
}
