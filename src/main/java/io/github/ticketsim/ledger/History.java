package io.github.ticketsim.ledger;

import io.github.ticketsim.stock.Settlement;
import java.util.List;
import java.util.OptionalLong;

/**
 * Everything that is known of one storm; all that a verdict needs.
 *
 * @param run which sale
 * @param attempts every attempt, in no particular order
 * @param faults that were injected, as they struck; explain the outcomes, say nothing about the
 *     verdict
 * @param orders what the shop said that it sold; nothing if it was not asked
 * @param ending what was read after the storm
 */
public record History(
    Run run, Attempts attempts, List<Fault> faults, List<Order> orders, Ending ending) {

  /** A history without faults, of a shop that was not asked for its orders. */
  public static History of(Run run, Attempts attempts, Ending ending) {
    return new History(run, attempts, List.of(), List.of(), ending);
  }

  /** Whether this says nothing of customers, items, quantities, keys or orders. */
  public boolean plain() {
    return run.terms().areNone()
        && attempts.plain()
        && orders.isEmpty()
        && ending.orders().isEmpty();
  }

  /** The same with no more order in it than its clocks can tell. */
  public History widened() {
    return run.division().orElse(null) instanceof Division.AllParts joined
        ? new History(run, attempts.widened(joined.withinNanos()), faults, orders, ending)
        : this;
  }

  /** The ending of a history whose last line is missing. */
  public static Ending cutOff() {
    return new Ending(
        Settlement.unsettled(OptionalLong.empty(), "the history has no end line, it was cut off"),
        Ending.StopReason.NONE);
  }
}
