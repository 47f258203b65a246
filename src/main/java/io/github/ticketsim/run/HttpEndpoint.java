package io.github.ticketsim.run;

import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.parts.Companions;
import io.github.ticketsim.sale.Values;
import io.github.ticketsim.stock.http.HttpResult;
import io.github.ticketsim.stock.http.HttpSale;
import io.github.ticketsim.stock.http.HttpSale.HttpLeft;
import io.github.ticketsim.stock.http.HttpStock;
import io.github.ticketsim.stock.http.HttpTrial;
import io.github.ticketsim.stock.http.Preparation;
import io.github.ticketsim.stock.http.StockPage;
import io.github.ticketsim.storm.JitWarmUp;
import io.github.ticketsim.storm.LoadText;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * A shop behind HTTP.
 *
 * @param sale how it sells
 * @param terms on which it sells
 * @param customers how many have to be prepared ahead of the storm
 * @param connections of all buyers together
 * @param timeout for connecting, and for each reply
 */
public record HttpEndpoint(
    HttpSale sale, ShopTerms terms, int customers, int connections, Duration timeout)
    implements ShopTarget {

  @Override
  public String strategy() {
    return HttpStock.STRATEGY;
  }

  /** How much longer than a reply it may take until a purchase is decided. */
  public Duration patience() {
    return sale.result().map(HttpResult::within).orElse(Duration.ZERO);
  }

  @Override
  public Recorded storm(
      StormPlan plan, StormClock clock, RunListener listener, Companions companions)
      throws InterruptedException {
    companions.awaitSetUp();
    var tickets = tickets(clock);
    companions.setUp();
    var share = plan.share();
    var known = prepared(tickets, share.from(customers), share.to(customers), clock);
    try (var opened = HttpStock.open(known, connections, timeout, clock.nanos())) {
      listener.reached();
      new JitWarmUp(plan, clock).of(opened);
      var recording =
          new Recording(Recording.id(companions, clock), plan, opened, clock, listener, companions);
      var result = recording.watched(recording.storm());
      var history =
          recording.history(
              result,
              /* brokenOnPurpose= */ false,
              sale.purchase().address().label(),
              ShopTerms.total(tickets),
              Optional.of(setup(plan, opened.sameForAllBuyers())),
              List.of());
      var accounted = terms.accounted(history, tickets, opened.account());
      companions.ended();
      return new Recorded(accounted, OptionalLong.empty());
    }
  }

  private Run.Setup setup(StormPlan plan, boolean sameRequest) {
    return new Run.Setup(
        BuildVersion.number(),
        sale.purchase().method() + " over HTTP/1.1",
        LoadText.of(plan.load()) + plan.purchases().retryWords(),
        connections,
        timeout.toMillis(),
        plan.purchases().drawn()
            ? OptionalLong.of(plan.purchases().seed())
            : LoadText.seed(plan.load()),
        sameRequest);
  }

  /** How many there are of each item, which is what the shop has if it tells. */
  private SequencedMap<String, Long> tickets(StormClock clock) {
    return terms.tickets(
        sale.left().map(HttpLeft::request).orElse(sale.purchase()).address().label(),
        sale.left()
            .map(
                asked -> {
                  var values = sale.values().withStock(terms.stock().orElse(0));
                  return () -> StockPage.of(asked, values, timeout, clock.nanos()).left();
                }));
  }

  /** The sale with all that its purchase refers to. */
  private HttpSale prepared(SequencedMap<String, Long> tickets, int from, int to, StormClock clock)
      throws InterruptedException {
    var values = sale.values().withStock(terms.stock().orElse(tickets.firstEntry().getValue()));
    return sale.with(after(values, from, to, clock));
  }

  private Values after(Values values, int from, int to, StormClock clock)
      throws InterruptedException {
    return sale.before().isEmpty()
        ? values
        : new Preparation(from, to, connections, timeout, clock.nanos())
            .values(sale.before(), values);
  }

  @Override
  public TriedPurchase tryOut(StormPlan plan, StormClock clock) throws InterruptedException {
    var known = prepared(tickets(clock), 0, 1, clock);
    var id = Recording.newId(clock);
    var trial = new HttpTrial(known, timeout, clock.nanos());
    var exchange = trial.send(plan.purchases().purchase(id, 0, 0));
    return new TriedPurchase(exchange, trial.account());
  }
}
