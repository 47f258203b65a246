package io.github.ticketsim.run;

import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.parts.Companions;
import io.github.ticketsim.stock.sql.SqlControl;
import io.github.ticketsim.stock.sql.SqlSale;
import io.github.ticketsim.stock.sql.SqlStock;
import io.github.ticketsim.stock.sql.SqlTrial;
import io.github.ticketsim.storm.LoadText;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * A shop that sells in a database.
 *
 * @param sale how it sells
 * @param strategy the name of the way it sells
 * @param brokenOnPurpose whether that way is there to be caught
 * @param terms on which it sells
 * @param connections of all buyers together
 */
record SqlShop(
    SqlSale sale, String strategy, boolean brokenOnPurpose, ShopTerms terms, int connections)
    implements ShopTarget {

  @Override
  public Recorded storm(
      StormPlan plan, StormClock clock, RunListener listener, Companions companions)
      throws InterruptedException {
    try (var control = SqlControl.connect(sale)) {
      listener.reached();
      companions.awaitSetUp();
      var tickets = tickets(control, companions.first());
      companions.setUp();
      var known = known(tickets);
      var id = Recording.id(companions, clock);
      try (var opened =
          SqlStock.open(
              known,
              strategy,
              connections,
              Recording.clientName(id, companions.share()),
              clock.nanos())) {
        var recording = new Recording(id, plan, opened, clock, listener, companions);
        var result = recording.watched(recording.storm());
        var history =
            recording.history(
                result,
                brokenOnPurpose,
                sale.address().label(),
                ShopTerms.total(tickets),
                Optional.of(setup(plan, control.server())),
                List.of());
        var accounted = terms.accounted(history, tickets, opened.account());
        companions.ended();
        return new Recorded(accounted, OptionalLong.empty());
      }
    }
  }

  /**
   * Sets the shop up, unless another part has; what is left then is how many tickets there are of
   * each item.
   */
  private SequencedMap<String, Long> tickets(SqlControl control, boolean first) {
    if (first) {
      control.setUp();
    }
    control.check();
    return terms.tickets(
        sale.address().label(),
        sale.tellsLeft() ? Optional.of(control::leftByItem) : Optional.empty());
  }

  private SqlSale known(SequencedMap<String, Long> tickets) {
    return sale.withStock(terms.stock().orElseGet(() -> tickets.firstEntry().getValue()));
  }

  @Override
  public TriedPurchase tryOut(StormPlan plan, StormClock clock) {
    var purchase = plan.purchases().purchase(Recording.newId(clock), 0, 0);
    try (var control = SqlControl.connect(sale)) {
      var trial = new SqlTrial(known(tickets(control, /* first= */ true)), clock.nanos());
      return new TriedPurchase(trial.send(purchase), control.account());
    }
  }

  private Run.Setup setup(StormPlan plan, String server) {
    return new Run.Setup(
        BuildVersion.number(),
        server + sale.isolationWords().map(words -> ", " + words).orElse(""),
        LoadText.of(plan.load()) + plan.purchases().retryWords(),
        connections,
        sale.timeout().toMillis(),
        plan.purchases().drawn()
            ? OptionalLong.of(plan.purchases().seed())
            : LoadText.seed(plan.load()),
        sale.sameForAllBuyers());
  }
}
