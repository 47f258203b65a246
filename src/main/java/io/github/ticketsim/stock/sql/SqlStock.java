package io.github.ticketsim.stock.sql;

import io.github.ticketsim.ledger.ShopAccount;
import io.github.ticketsim.stock.FairPool;
import io.github.ticketsim.stock.Gated;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.PerPurchase;
import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.deadline.Watchdog;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** A stock in a database, sold over a pool of connections. */
public final class SqlStock implements Gated, PerPurchase {
  /** Of so many connections one more may be made for what is sent beside its first. */
  private static final int SPARE_SHARE = 4;

  private final SqlSale sale;
  private final String strategy;
  private final String name;
  private final Watchdog watchdog;
  private final FairPool<SqlConnection> connections;
  private final FairPool<SqlConnection> spare;
  private final LongAdder unknown = new LongAdder();
  private final SqlQuiesce quiesce;

  /** Where a driver works that does not let its virtual thread go; as many as there are leases. */
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("sql-", 0).factory());

  private volatile ShopAccount account = ShopAccount.NONE;

  private SqlStock(
      SqlSale sale,
      String strategy,
      String name,
      Watchdog watchdog,
      FairPool<SqlConnection> connections,
      FairPool<SqlConnection> spare,
      SqlQuiesce quiesce) {
    this.sale = sale;
    this.strategy = strategy;
    this.name = name;
    this.watchdog = watchdog;
    this.connections = connections;
    this.spare = spare;
    this.quiesce = quiesce;
  }

  /**
   * Opens all connections, so that the storm does not measure connecting.
   *
   * @param strategy the name of the way it sells
   * @param connections in the pool
   * @param name marks the connections at the server; of letters, digits and dashes, unique to the
   *     run
   * @param nanoClock monotonic, to bound all waiting
   * @throws StockUnavailableException when a connection cannot be opened
   */
  public static SqlStock open(
      SqlSale sale, String strategy, int connections, String name, LongSupplier nanoClock) {
    var watchdog = new Watchdog(nanoClock);
    var pool = new FairPool<SqlConnection>(connections);
    var spare = new FairPool<SqlConnection>(Math.max(1, connections / SPARE_SHARE));
    try {
      pool.fill(
          () -> {
            try {
              return SqlConnection.open(sale, name, watchdog);
            } catch (SQLException e) {
              throw sale.address().unavailable(e);
            }
          });
      var quiesce = SqlQuiesce.prepare(sale, name, connections, nanoClock);
      return new SqlStock(sale, strategy, name, watchdog, pool, spare, quiesce);
    } catch (StockUnavailableException e) {
      pool.drain(SqlConnection::close);
      watchdog.close();
      throw e;
    }
  }

  @Override
  public String strategy() {
    return strategy;
  }

  @Override
  public Model model() {
    return sale.model();
  }

  @Override
  public Runnable startGate() {
    return connections.startGate();
  }

  @Override
  public Optional<Lease> acquire(PurchaseRequest purchase, BooleanSupplier open) {
    return connections.acquire(open, waiting -> lease(connections, waiting, purchase));
  }

  @Override
  public Optional<Lease> acquireBeside(PurchaseRequest purchase, BooleanSupplier open) {
    return spare.acquire(open, waiting -> lease(spare, waiting, purchase));
  }

  private Lease lease(
      FairPool<SqlConnection> pool, Optional<SqlConnection> waiting, PurchaseRequest purchase) {
    try {
      var connection =
          waiting.isPresent() ? waiting.get() : SqlConnection.open(sale, name, watchdog);
      return new SqlLease(pool, connection, purchase);
    } catch (SQLException | RuntimeException e) {
      // Nothing was sent: whatever went wrong in connecting, no transaction was begun.
      var words = sale.address().problem(e).words();
      return pool.failed(new Outcome.Failed("not sent: " + words));
    }
  }

  @Override
  public Settlement settle() {
    hangUp();
    var settled = quiesce.settle(unknown.sum());
    account = settled.said();
    return settled.settlement();
  }

  /** What the shop said when the stock settled. */
  public ShopAccount account() {
    return account;
  }

  private void hangUp() {
    connections.drain(SqlConnection::close);
    spare.drain(SqlConnection::close);
  }

  @Override
  public void close() {
    hangUp();
    threads.shutdown();
    watchdog.close();
  }

  /** A lease of a connection. */
  private final class SqlLease implements Lease {
    private final FairPool<SqlConnection> pool;
    private final SqlConnection connection;
    private final PurchaseRequest purchase;

    SqlLease(FairPool<SqlConnection> pool, SqlConnection connection, PurchaseRequest purchase) {
      this.pool = pool;
      this.connection = connection;
      this.purchase = purchase;
    }

    @Override
    public Outcome buy() {
      return outcome(new SqlTransaction(sale, connection, purchase));
    }

    private Outcome outcome(SqlTransaction transaction) {
      return sale.address().dialect().holdsThread()
          ? CompletableFuture.supplyAsync(transaction::buy, threads).join()
          : transaction.buy();
    }

    @Override
    public Timed buy(LongSupplier nanoClock) {
      var transaction = new SqlTransaction(sale, connection, purchase);
      var call = nanoClock.getAsLong();
      var outcome = outcome(transaction);
      var returned = nanoClock.getAsLong();
      if (outcome instanceof Outcome.Indeterminate) {
        unknown.increment();
      }
      return new Timed(
          call,
          returned,
          outcome,
          outcome instanceof Outcome.Sold
              ? sale.order(purchase, transaction.kept())
              : Optional.empty());
    }

    @Override
    public void close() {
      if (connection.broken()) {
        connection.close();
        pool.release(Optional.empty());
      } else {
        pool.release(Optional.of(connection));
      }
    }
  }
}
