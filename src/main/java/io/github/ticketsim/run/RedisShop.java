package io.github.ticketsim.run;

import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.Fault;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.ledger.ShopAccount;
import io.github.ticketsim.parts.Companions;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.redis.RedisControl;
import io.github.ticketsim.stock.redis.RedisSale;
import io.github.ticketsim.stock.redis.RedisTrial;
import io.github.ticketsim.stock.redis.ShardedSaleStock;
import io.github.ticketsim.stock.redis.Shards;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import io.github.ticketsim.storm.StormResult;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A shop that sells through a command, a script or a function of its own in a Redis.
 *
 * @param sale how it sells
 * @param terms on which it sells
 * @param course of the storm
 */
record RedisShop(RedisSale sale, ShopTerms terms, RedisCourse course) implements ShopTarget {

  @Override
  public String strategy() {
    return sale.wireName();
  }

  @Override
  public Recorded storm(
      StormPlan plan, StormClock clock, RunListener listener, Companions companions)
      throws InterruptedException {
    var retried = plan.purchases().retryShare() > 0;
    return course.storm(
        plan, clock, listener, companions, control -> seller(control, retried, companions.first()));
  }

  private RedisCourse.Seller seller(RedisControl control, boolean retried, boolean first) {
    if (first) {
      sale.setUp(control);
    } else {
      sale.load(control);
    }
    var tickets = tickets(control);
    return new SaleSeller(known(tickets), tickets, retried);
  }

  /** How many there are of each item, which is what Redis has if it is asked. */
  private SequencedMap<String, Long> tickets(RedisControl control) {
    return terms.tickets(
        course.redis().address().label(),
        sale.tellsLeft() ? Optional.of(() -> sale.leftByItem(control)) : Optional.empty());
  }

  private ShopAccount account(RedisSale known, Shards shards) {
    try (var control = shards.control(course.timeout())) {
      return new ShopAccount(
          known.tellsLeft() ? known.leftByItem(control) : Collections.emptySortedMap(),
          known.orders(control),
          Optional.empty());
    } catch (StockUnavailableException e) {
      return ShopAccount.unread(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public TriedPurchase tryOut(StormPlan plan, StormClock clock) {
    var purchase = plan.purchases().purchase(Recording.newId(clock), 0, 0);
    var shards = course.ways().get();
    try (var control = shards.control(course.timeout())) {
      sale.setUp(control);
      var known = known(tickets(control));
      var exchange = new RedisTrial(known).send(control, purchase);
      return new TriedPurchase(exchange, account(known, shards));
    }
  }

  private RedisSale known(SequencedMap<String, Long> tickets) {
    return sale.withStock(terms.stock().orElseGet(() -> tickets.firstEntry().getValue()));
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
    public Stock open(Shards shards, Shards plain, String clientName, StormClock clock) {
      return ShardedSaleStock.open(
          shards,
          plain,
          known,
          course.connections(),
          course.pipeline(),
          retried,
          clientName,
          clock.nanos());
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
        Shards plain) {
      var history =
          recording.history(
              result,
              /* brokenOnPurpose= */ false,
              known.sold(),
              ShopTerms.total(tickets),
              Optional.of(setup),
              struck);
      return accounted(history, plain);
    }

    /** Nothing is asked while an attempt could still take effect. */
    private History accounted(History history, Shards plain) {
      if (!history.ending().settlement().settled()) {
        return terms.accounted(history, tickets, ShopAccount.NONE);
      }
      var said = account(known, plain);
      // What the shop was asked and did not say, nobody knows.
      return terms.accounted(
          said.problem().map(problem -> unsettled(history, problem)).orElse(history),
          tickets,
          said);
    }

    private static History unsettled(History history, String problem) {
      var ending = history.ending();
      return new History(
          history.run(),
          history.attempts(),
          history.faults(),
          history.orders(),
          new Ending(
              Settlement.unsettled(ending.settlement().left(), problem), ending.stopReason()));
    }
  }
}
