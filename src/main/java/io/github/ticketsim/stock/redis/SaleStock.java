package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Gated;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.PerPurchase;
import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.Settlement;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A stock that commands, scripts or functions of the shop's own sell, over pools of connections.
 */
final class SaleStock implements PerPurchase, Gated {
  private final RedisSale sale;
  private final RedisStock pool;

  /** What is sent beside its first goes over connections of its own. */
  private final Optional<RedisStock> beside;

  private SaleStock(RedisSale sale, RedisStock pool, Optional<RedisStock> beside) {
    this.sale = sale;
    this.pool = pool;
    this.beside = beside;
  }

  /**
   * Opens all connections, so that the storm does not measure connecting.
   *
   * @param route over which to buy
   * @param control over which to settle: the same, without injected faults
   * @param connections in the pool
   * @param retried whether purchases are sent again
   * @param clientName marks the connections at the server; without spaces, unique to the run
   * @param readers of all connections that buyers use by turns
   * @param nanoClock monotonic, to bound the settling
   * @throws io.github.ticketsim.stock.StockUnavailableException when a connection cannot be opened
   */
  static SaleStock open(
      Route route,
      Route control,
      RedisSale sale,
      int connections,
      boolean retried,
      String clientName,
      ParkedReaders readers,
      LongSupplier nanoClock) {
    var pool = RedisStock.open(route, control, sale, connections, clientName, readers, nanoClock);
    try {
      return new SaleStock(
          sale,
          pool,
          retried
              ? Optional.of(
                  RedisStock.open(
                      route,
                      control,
                      sale,
                      connections,
                      clientName + "-beside",
                      readers,
                      nanoClock))
              : Optional.empty());
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  @Override
  public String strategy() {
    return sale.wireName();
  }

  @Override
  public Model model() {
    return sale.model();
  }

  @Override
  public Runnable startGate() {
    return pool.startGate();
  }

  @Override
  public Optional<Lease> acquire(PurchaseRequest purchase, BooleanSupplier open) {
    return acquire(pool, purchase, open);
  }

  @Override
  public Optional<Lease> acquireBeside(PurchaseRequest purchase, BooleanSupplier open) {
    return acquire(beside.orElseThrow(), purchase, open);
  }

  private Optional<Lease> acquire(RedisStock from, PurchaseRequest purchase, BooleanSupplier open) {
    var sending = new Sending(sale, purchase);
    return from.acquire(sale.confirmed(sending), open).map(lease -> new SaleLease(lease, sending));
  }

  /** Both pools must be closed before anything is read. */
  @Override
  public Settlement settle() {
    var doubt = beside.map(RedisStock::settle).filter(settlement -> !settlement.settled());
    return doubt.orElseGet(pool::settle);
  }

  @Override
  public void close() {
    pool.close();
    beside.ifPresent(RedisStock::close);
  }

  /** A lease for one purchase, which knows of its order. */
  private record SaleLease(Lease lease, Sending sending) implements Lease {
    @Override
    public Outcome buy() {
      return lease.buy();
    }

    @Override
    public Timed buy(LongSupplier nanoClock) {
      var timed = lease.buy(nanoClock);
      return new Timed(timed.callNanos(), timed.returnNanos(), timed.outcome(), sending.order());
    }

    @Override
    public void close() {
      lease.close();
    }
  }
}
