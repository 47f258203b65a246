package io.github.ticketsim.run;

import io.github.ticketsim.ledger.Fault;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.storm.PurchaseIds;
import io.github.ticketsim.storm.Storm;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import io.github.ticketsim.storm.StormResult;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One storm on one stock, and the history that comes of it.
 *
 * @param id of the run
 * @param stock that is stormed
 */
record Recording(UUID id, StormPlan plan, Stock stock, StormClock clock, RunListener listener) {

  /** A run with a new id. */
  static UUID newId(StormClock clock) {
    return PurchaseIds.random().next(clock.wall().millis());
  }

  Storm storm() {
    return new Storm(plan, stock, clock, PurchaseIds.random());
  }

  StormResult watched(Storm storm) throws InterruptedException {
    try (var _ = listener.watch(storm)) {
      return storm.run();
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
            Run.Terms.NONE);
    return new History(line, result.attempts(), faults, List.of(), result.ending());
  }
}
