package io.github.ticketsim.run;

import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.Fault;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Order;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.redis.PipelinedSaleStock;
import io.github.ticketsim.stock.redis.RedisControl;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import io.github.ticketsim.stock.redis.RedisSale;
import io.github.ticketsim.stock.redis.SaleStock;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import io.github.ticketsim.storm.StormResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * A shop that sells through a command, a script or a function of its own in a Redis.
 *
 * @param sale how it sells
 * @param items their names
 * @param stock how many tickets there are of each item; empty to ask what is left
 * @param limit how many tickets a customer may have
 * @param several whether the history tells one item from another
 * @param course of the storm
 */
record RedisShop(
    RedisSale sale,
    List<String> items,
    OptionalLong stock,
    OptionalLong limit,
    boolean several,
    RedisCourse course)
    implements Target {

  @Override
  public String strategy() {
    return sale.wireName();
  }

  @Override
  public Recorded storm(StormPlan plan, StormClock clock, RunListener listener)
      throws InterruptedException {
    var retried = plan.purchases().retryShare() > 0;
    return course.storm(plan, clock, listener, control -> seller(control, retried));
  }

  private RedisCourse.Seller seller(RedisControl control, boolean retried) {
    sale.setUp(control);
    var tickets = tickets(control);
    return new SaleSeller(
        sale.withStock(stock.orElseGet(() -> tickets.firstEntry().getValue())), tickets, retried);
  }

  /** How many there are of each item, which is what Redis has if it is asked. */
  private SequencedMap<String, Long> tickets(RedisControl control) {
    if (!sale.tellsLeft()) {
      var tickets = new LinkedHashMap<String, Long>();
      items.forEach(item -> tickets.put(item, stock.getAsLong()));
      return tickets;
    }
    var left = sale.leftByItem(control);
    left.forEach(
        (item, tickets) -> {
          if (stock.orElse(tickets) != tickets) {
            throw new StockUnavailableException(
                course.redis().address().label(),
                "%d tickets are left%s, but stock is %d"
                    .formatted(tickets, several ? " of item " + item : "", stock.getAsLong()),
                "leave stock out, or let setup fill it up");
          }
        });
    return left;
  }

  /** Sells what is there. */
  private final class SaleSeller implements RedisCourse.Seller {
    private final RedisSale known;
    private final SequencedMap<String, Long> tickets;
    private final boolean retried;

    SaleSeller(RedisSale known, SequencedMap<String, Long> tickets, boolean retried) {
      this.known = known;
      this.tickets = tickets;
      this.retried = retried;
    }

    @Override
    public Stock open(
        RedisEndpoint endpoint, RedisEndpoint plain, String clientName, StormClock clock) {
      if (course.pipeline()) {
        return PipelinedSaleStock.open(
            endpoint, plain, known, course.connections(), clientName, clock.nanos());
      }
      return SaleStock.open(
          endpoint, plain, known, course.connections(), retried, clientName, clock.nanos());
    }

    @Override
    public boolean sameRequest() {
      return known.sameForAllBuyers();
    }

    @Override
    public History history(
        Recording recording,
        StormResult result,
        Run.Setup setup,
        List<Fault> struck,
        RedisEndpoint plain) {
      var history =
          recording.history(
              result,
              /* brokenOnPurpose= */ false,
              known.sold(),
              tickets.values().stream().mapToLong(Long::longValue).sum(),
              Optional.of(setup),
              struck);
      var terms = new Run.Terms(limit, several ? tickets : Collections.emptySortedMap());
      var said = said(history.ending(), plain);
      return new History(
          history.run().on(terms),
          history.attempts(),
          history.faults(),
          said.orders().orElse(List.of()),
          new Ending(
              history.ending().settlement(),
              history.ending().stopReason(),
              said.left(),
              said.orders()
                  .map(orders -> OptionalLong.of(orders.size()))
                  .orElse(OptionalLong.empty())));
    }

    /** Nothing is asked while an attempt could still take effect. */
    private ShopAccount said(Ending ending, RedisEndpoint plain) {
      if (!ending.settlement().settled()) {
        return ShopAccount.NOTHING;
      }
      try (var control = RedisControl.connect(plain, course.timeout())) {
        return new ShopAccount(
            several && known.tellsLeft() ? known.leftByItem(control) : Collections.emptySortedMap(),
            known.orders(control));
      } catch (StockUnavailableException _) {
        // Without it less can be proven, and the report says so.
        return ShopAccount.NOTHING;
      }
    }
  }

  /** What the shop said after the storm. */
  private record ShopAccount(SequencedMap<String, Long> left, Optional<List<Order>> orders) {
    static final ShopAccount NOTHING =
        new ShopAccount(Collections.emptySortedMap(), Optional.empty());
  }
}
