package io.github.ticketsim.verify;

import static io.github.ticketsim.verify.Findings.words;

import java.util.ArrayList;
import java.util.List;

/**
 * Guesses at the cause from the sequence of values in a history that is known to be invalid. Each
 * guess names what usually leaves such a trace.
 */
final class Causes {
  private final Facts facts;
  private final TicketOrder order;
  private final long holes;

  /**
   * @param holes how many values no reply accounts for
   */
  Causes(Facts facts, TicketOrder order, long holes) {
    this.facts = facts;
    this.order = order;
    this.holes = holes;
  }

  List<String> guess() {
    var causes = new ArrayList<String>();
    var twins = concurrentTwins();
    var step = stepBackUp();
    var jumpedFrom = jumpBelowZero();
    if (twins > 0) {
      causes.add(
          words(
              "%,d pairs of overlapping attempts got the same value: a lost update (read, then"
                  + " write, with nothing to keep others out), or a stale reply",
              twins));
    }
    if (!step.isEmpty()) {
      causes.add(step);
    }
    if (jumpedFrom > facts.unknown().length) {
      causes.add(
          words(
              "the counter jumped from %,d to below zero at once: the key expired, was evicted or"
                  + " deleted, or Redis restarted without its data",
              jumpedFrom));
    } else if (holes > facts.unknown().length) {
      causes.add(
          words(
              "%,d were taken that no attempt accounts for: another writer on the key, or a client"
                  + " that retries behind our back",
              holes));
    }
    return List.copyOf(causes);
  }

  /** Neighbours that share a value and were under way at the same time. */
  private int concurrentTwins() {
    var twins = 0;
    for (var place = 1; place < order.size(); place++) {
      if (order.carriesValue(place)
          && order.samePosition(place - 1, place)
          && overlap(order.at(place - 1), order.at(place))) {
        twins++;
      }
    }
    return twins;
  }

  private boolean overlap(int attempt, int other) {
    var attempts = facts.attempts();
    return attempts.callNanos(attempt) <= attempts.returnNanos(other)
        && attempts.callNanos(other) <= attempts.returnNanos(attempt);
  }

  /** The widest step from a value that was seen up to one that was handed out only afterwards. */
  private String stepBackUp() {
    var latest = -1;
    var from = 0L;
    var to = 0L;
    var undone = 0;
    for (var place = 0; place < order.size(); place++) {
      if (!order.carriesValue(place)) {
        continue;
      }
      var reply = order.at(place);
      if (latest >= 0
          && facts.attempts().returnNanos(reply) < facts.attempts().callNanos(latest)
          && facts.attempts().value(latest) > order.valueAt(place)) {
        undone++;
        if (facts.attempts().value(latest) - order.valueAt(place) > to - from) {
          from = order.valueAt(place);
          to = facts.attempts().value(latest);
        }
      }
      if (latest < 0 || facts.attempts().callNanos(reply) > facts.attempts().callNanos(latest)) {
        latest = reply;
      }
    }
    return undone == 0
        ? ""
        : words(
            "values stepped back up, from %,d to %,d, and %,d acknowledged replies were undone: a"
                + " restart or failover lost acknowledged writes, or somebody raised the counter",
            from, to, undone);
  }

  /** The lowest ticket value seen, if none of those below it was, but values below zero were. */
  private long jumpBelowZero() {
    var lowest = facts.stock();
    for (var place = 0; place < order.size(); place++) {
      var value = order.valueAt(place);
      if (value >= 0) {
        lowest = value;
      } else {
        return lowest;
      }
    }
    return 0;
  }
}
