package io.github.ticketsim.run;

import io.github.ticketsim.ledger.Division;
import io.github.ticketsim.ledger.Fault;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.parts.Companions;
import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.storm.PurchaseIds;
import io.github.ticketsim.storm.Storm;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import io.github.ticketsim.storm.StormResult;
import io.github.ticketsim.storm.StormShare;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One storm on one stock, and the history that comes of it.
 *
 * @param id of the run
 * @param stock that is stormed
 * @param companions the other parts of the storm, if there are any
 */
record Recording(
    UUID id,
    StormPlan plan,
    Stock stock,
    StormClock clock,
    RunListener listener,
    Companions companions) {

  /** The id that all parts of the storm share, or a new one. */
  static UUID id(Companions companions, StormClock clock) {
    return companions.run().orElseGet(() -> newId(clock));
  }

  /** How a server shows the connections of the storm; each part settles by its own. */
  static String clientName(UUID id, StormShare share) {
    return "ticket-sim-" + id + (share.divided() ? "-" + share.part() : "");
  }

  /** A run with a new id. */
  static UUID newId(StormClock clock) {
    return PurchaseIds.random().next(clock.wall().millis());
  }

  Storm storm() {
    return new Storm(plan, stock, clock, PurchaseIds.random());
  }

  StormResult watched(Storm storm) throws InterruptedException {
    try (var _ = listener.watch(storm)) {
      return storm.run(companions);
    }
  }

  /**
   * @param sold how the run line names what was sold
   * @param tickets how many there were when the storm began
   */
  History history(
      StormResult result,
      boolean brokenOnPurpose,
      String sold,
      long tickets,
      Optional<Run.Setup> setup,
      List<Fault> faults) {
    var line =
        new Run(
            id,
            result.started(),
            stock.strategy(),
            brokenOnPurpose,
            stock.model(),
            sold,
            tickets,
            result.buyers(),
            plan.warmUp().toMillis(),
            setup,
            Run.Terms.NONE,
            division(result.startNanos()));
    return new History(line, result.attempts(), faults, List.of(), result.ending());
  }

  private Optional<Division> division(long startNanos) {
    var share = companions.share();
    return share.divided()
        ? Optional.of(
            new Division.OnePart(
                share.part(),
                share.parts(),
                plan.demand(plan.ownLoad()),
                plan.demand(plan.load()),
                companions.clock(startNanos)))
        : Optional.empty();
  }
}
