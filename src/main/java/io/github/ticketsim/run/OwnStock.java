package io.github.ticketsim.run;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.storm.LoadText;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Any other stock, such as a method of the user's own.
 *
 * @param strategy the name of the way it sells
 * @param tickets how many there are
 * @param limit how many tickets a customer may have
 * @param opening makes the stock; given a monotonic clock in nanoseconds
 */
public record OwnStock(
    String strategy, long tickets, OptionalLong limit, Function<LongSupplier, Stock> opening)
    implements Target {

  @Override
  public Recorded storm(StormPlan plan, StormClock clock, RunListener listener)
      throws InterruptedException {
    try (var stock = opening.apply(clock.nanos())) {
      listener.reached();
      var recording = new Recording(Recording.newId(clock), plan, stock, clock, listener);
      var result = recording.watched(recording.storm());
      var setup =
          new Run.Setup(
              BuildVersion.number(),
              "Java " + Runtime.version().feature(),
              LoadText.of(plan.load()),
              result.buyers(),
              plan.stallTimeout().toMillis(),
              LoadText.seed(plan.load()),
              /* sameRequest= */ false);
      var history =
          recording.history(
              result,
              /* brokenOnPurpose= */ false,
              strategy,
              tickets,
              Optional.of(setup),
              List.of());
      var terms = new Run.Terms(limit, Collections.emptySortedMap());
      return new Recorded(
          new History(
              history.run().on(terms),
              history.attempts(),
              history.faults(),
              history.orders(),
              history.ending()),
          OptionalLong.empty());
    }
  }
}
