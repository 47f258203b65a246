package io.github.ticketsim.run;

import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.sale.Values;
import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.http.HttpResult;
import io.github.ticketsim.stock.http.HttpSale;
import io.github.ticketsim.stock.http.HttpStock;
import io.github.ticketsim.stock.http.HttpTrial;
import io.github.ticketsim.stock.http.Preparation;
import io.github.ticketsim.stock.http.StockPage;
import io.github.ticketsim.storm.JitWarmUp;
import io.github.ticketsim.storm.LoadText;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * A shop behind HTTP.
 *
 * @param sale how it sells
 * @param stock how many tickets there are of each item; empty to ask what is left
 * @param limit how many tickets a customer may have
 * @param several whether the history tells one item from another
 * @param customers how many have to be prepared ahead of the storm
 * @param connections of all buyers together
 * @param timeout for connecting, and for each reply
 */
public record HttpEndpoint(
    HttpSale sale,
    OptionalLong stock,
    OptionalLong limit,
    boolean several,
    int customers,
    int connections,
    Duration timeout)
    implements Target {

  @Override
  public String strategy() {
    return HttpStock.STRATEGY;
  }

  /** How much longer than a reply it may take until a purchase is decided. */
  public Duration patience() {
    return sale.result().map(HttpResult::within).orElse(Duration.ZERO);
  }

  @Override
  public Recorded storm(StormPlan plan, StormClock clock, RunListener listener)
      throws InterruptedException {
    var tickets = tickets(clock);
    var known = prepared(tickets, customers, clock);
    try (var opened = HttpStock.open(known, connections, timeout, clock.nanos())) {
      listener.reached();
      new JitWarmUp(plan, clock).of(opened);
      var recording = new Recording(Recording.newId(clock), plan, opened, clock, listener);
      var result = recording.watched(recording.storm());
      var history =
          recording.history(
              result,
              /* brokenOnPurpose= */ false,
              sale.purchase().address().label(),
              tickets.values().stream().mapToLong(Long::longValue).sum(),
              Optional.of(setup(plan, opened.sameForAllBuyers())),
              List.of());
      return new Recorded(accounted(history, tickets, opened), OptionalLong.empty());
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

  /** The same with the terms of the sale, and with what the shop said after the storm. */
  private History accounted(History history, SequencedMap<String, Long> tickets, HttpStock stock) {
    var terms = new Run.Terms(limit, several ? tickets : Collections.emptySortedMap());
    var orders = stock.orders();
    var ending = history.ending();
    return new History(
        history.run().on(terms),
        history.attempts(),
        history.faults(),
        orders.orElse(List.of()),
        new Ending(
            ending.settlement(),
            ending.stopReason(),
            several ? stock.leftByItem() : Collections.emptySortedMap(),
            orders.isPresent() ? OptionalLong.of(orders.get().size()) : OptionalLong.empty()));
  }

  /** How many there are of each item, which is what the shop has if it tells. */
  private SequencedMap<String, Long> tickets(StormClock clock) {
    if (sale.left().isEmpty()) {
      var tickets = new LinkedHashMap<String, Long>();
      sale.values().items().forEach(item -> tickets.put(item, stock.getAsLong()));
      return tickets;
    }
    var asked = sale.left().get();
    var values = sale.values().withStock(stock.orElse(0));
    var left = StockPage.of(asked, values, timeout, clock.nanos()).left();
    left.forEach(
        (item, tickets) -> {
          if (stock.orElse(tickets) != tickets) {
            throw new StockUnavailableException(
                asked.request().address().label(),
                "%d tickets are left%s, but --stock says %d"
                    .formatted(tickets, several ? " of item " + item : "", stock.getAsLong()),
                "leave --stock out, or fill the stock up");
          }
        });
    return left;
  }

  /** The sale with all that its purchase refers to. */
  private HttpSale prepared(SequencedMap<String, Long> tickets, int most, StormClock clock)
      throws InterruptedException {
    var values = sale.values().withStock(stock.orElse(tickets.firstEntry().getValue()));
    return sale.with(after(values, most, clock));
  }

  private Values after(Values values, int most, StormClock clock) throws InterruptedException {
    return sale.before().isEmpty()
        ? values
        : new Preparation(most, connections, timeout, clock.nanos()).values(sale.before(), values);
  }

  /**
   * Sends one purchase of the first customer, to see what the rules say of the reply.
   *
   * @throws StockUnavailableException if no reply comes
   * @throws InterruptedException if this thread is interrupted
   */
  public HttpTrial.Exchange tryOut(StormPlan plan, StormClock clock) throws InterruptedException {
    var known = prepared(tickets(clock), 1, clock);
    var id = Recording.newId(clock);
    return new HttpTrial(known, timeout, clock.nanos()).send(plan.purchases().purchase(id, 0, 0));
  }
}
