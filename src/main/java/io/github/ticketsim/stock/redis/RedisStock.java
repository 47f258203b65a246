package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.FairPool;
import io.github.ticketsim.stock.Gated;
import io.github.ticketsim.stock.JitWarmable;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.ObservableStock;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.deadline.Watchdog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.util.Pool;

/** A stock in a Redis key, sold through a pool of connections. */
public final class RedisStock implements ObservableStock, Gated, JitWarmable {

  private final Selling selling;
  private final Redirections redirections;
  private final Route route;
  private final Function<Optional<Connection>, Lease> leases;
  private final Quiesce quiesce;
  private final Watchdog watchdog;
  private final RedisClient client;
  private final Pool<Connection> pool;

  /** Leases the connections; the Jedis pool only makes and closes them, see {@link FairPool}. */
  private final FairPool<Connection> connections;

  private final boolean jitWarmUp;

  private RedisStock(
      Selling selling,
      Redirections redirections,
      Strategy strategy,
      Quiesce quiesce,
      Watchdog watchdog,
      RedisClient client,
      FairPool<Connection> connections,
      boolean jitWarmUp) {
    this.selling = selling;
    this.redirections = redirections;
    this.route = redirections.route();
    this.leases = connection -> lease(connection, strategy);
    this.quiesce = quiesce;
    this.watchdog = watchdog;
    this.client = client;
    this.pool = client.getPool();
    this.connections = connections;
    this.jitWarmUp = jitWarmUp;
  }

  /**
   * Opens all connections of the pool, so that the storm does not measure connecting.
   *
   * @param route over which to buy
   * @param control over which to settle: the same, without injected faults
   * @param connections in the pool
   * @param clientName marks the pool's connections at the server; without spaces, unique to the run
   * @param nanoClock monotonic, to bound the settling
   * @throws StockUnavailableException when a connection cannot be opened
   */
  public static RedisStock open(
      Route route,
      Route control,
      Selling config,
      int connections,
      String clientName,
      LongSupplier nanoClock) {
    var readers = new ParkedReaders(nanoClock);
    return open(route, control, config, connections, clientName, readers, nanoClock);
  }

  /** The same for one of several stocks that buyers use by turns, which share {@code readers}. */
  static RedisStock open(
      Route route,
      Route control,
      Selling config,
      int connections,
      String clientName,
      ParkedReaders readers,
      LongSupplier nanoClock) {
    var timeout = config.timeout();
    var watchdog = new Watchdog(nanoClock);
    var named = new NamedConnections(route.server(), timeout, clientName);
    var client =
        RedisClient.builder()
            .connectionProvider(
                new PooledConnectionProvider(
                    PooledConnection.factory(route, timeout, named, readers, watchdog),
                    poolConfig(connections, timeout)))
            .build();
    try {
      client.getPool().addObjects(connections);
      var quiesce = Quiesce.prepare(control, config, named, connections, nanoClock);
      var leased = new FairPool<Connection>(connections);
      return new RedisStock(
          config,
          Redirections.of(route, timeout, named, nanoClock),
          config.strategy(nanoClock),
          quiesce,
          watchdog,
          client,
          leased,
          false);
    } catch (JedisException e) {
      client.close();
      watchdog.close();
      throw new SecondLook(route.server(), timeout).at(e);
    } catch (StockUnavailableException e) {
      client.close();
      watchdog.close();
      throw e;
    }
  }

  private static ConnectionPoolConfig poolConfig(int connections, Duration timeout) {
    var config = new ConnectionPoolConfig();
    config.setMaxTotal(connections);
    config.setMaxIdle(connections);
    config.setMaxWait(timeout);
    config.setTestWhileIdle(false);
    config.setTimeBetweenEvictionRuns(Duration.ofMillis(-1));
    config.setJmxEnabled(false);
    return config;
  }

  @Override
  public List<Stock> jitWarmUps() {
    return selling.jitWarmUps().stream().map(this::jitWarmUp).toList();
  }

  /** Has the concrete class of the sale, so that the JIT type profiles carry over. */
  private Stock jitWarmUp(Strategy harmless) {
    return new RedisStock(
        selling, redirections, harmless, quiesce, watchdog, client, connections, true);
  }

  @Override
  public String strategy() {
    return selling.wireName();
  }

  @Override
  public Model model() {
    return selling.model();
  }

  @Override
  public Runnable startGate() {
    return connections.startGate();
  }

  @Override
  public Optional<Lease> acquire(BooleanSupplier open) {
    return connections.acquire(open, leases);
  }

  /** The same with another way to buy. */
  Optional<Lease> acquire(Strategy strategy, BooleanSupplier open) {
    return connections.acquire(open, connection -> lease(connection, strategy));
  }

  private Lease lease(Optional<Connection> connection, Strategy strategy) {
    try {
      return new RedisLease(usable(connection), strategy);
    } catch (JedisException e) {
      // Connecting or logging in failed, so no purchase was sent.
      return connections.failed(new Outcome.Failed(RedisProblem.oneLine(e)));
    }
  }

  /** A connection that the server has not closed while it was idle. Nothing is sent twice. */
  private PooledConnection usable(Optional<Connection> waiting) {
    var connection = waiting.orElseGet(this::connected);
    // All idle connections may have been closed; the last one tried is made for this buyer.
    for (var left = pool.getMaxTotal(); ; left--) {
      if (connection instanceof PooledConnection pooled
          && route.lasts(pooled.tenure())
          && pooled.usable()) {
        return pooled;
      }
      connection.setBroken();
      giveBack(connection);
      if (left == 0) {
        throw new JedisConnectionException("no connection is fit for use");
      }
      connection = connected();
    }
  }

  private Connection connected() {
    return route.connect(_ -> pool.getResource());
  }

  @Override
  public Settlement settle() {
    if (jitWarmUp) {
      return Settlement.unsettled(OptionalLong.empty(), "a JIT warm-up sells nothing");
    }
    return quiesce.settle(
        () -> {
          connections.drain(RedisStock::giveBack);
          client.close();
          redirections.close();
        });
  }

  @Override
  public Settlement settleAndContinue() {
    // With no lease held every connection is idle, and the next buyers open new ones.
    return quiesce.settle(
        selling.timeout(),
        () -> {
          connections.drain(RedisStock::giveBack);
          pool.clear();
          redirections.closeIdle();
        });
  }

  @Override
  public OptionalLong left() {
    return quiesce.left();
  }

  private static void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (JedisException _) {
      // The pool drops a connection that it cannot take back; the outcome does not change.
    }
  }

  @Override
  public void close() {
    connections.drain(RedisStock::giveBack);
    client.close();
    redirections.close();
    watchdog.close();
  }

  /** A lease of a connection of the pool. */
  private final class RedisLease implements Lease {
    private final Strategy strategy;
    private PooledConnection connection;

    RedisLease(PooledConnection connection, Strategy strategy) {
      this.connection = connection;
      this.strategy = strategy;
    }

    @Override
    public Outcome buy() {
      return buy(route.follows() ? Redirections.MOST : 0);
    }

    /**
     * @param more redirections to follow
     */
    private Outcome buy(int more) {
      try {
        return strategy.buy(connection);
      } catch (JedisDataException e) {
        var error = route.saidBy(connection.tenure().server(), e);
        return more > 0
                && error instanceof JedisRedirectionException where
                && NotExecutedError.proves(where)
            ? redirected(where, more - 1)
            : declined(error);
      } catch (RuntimeException | StackOverflowError e) {
        // A reply that is nested without end overflows the stack. A late reply on this connection
        // would pass for the reply to the next buyer: never reuse it.
        connection.setBroken();
        route.lost(connection.tenure());
        return new Outcome.Indeterminate(RedisProblem.oneLine(e));
      }
    }

    private Outcome redirected(JedisRedirectionException error, int more) {
      var ended = redirections.follow(error, strategy);
      if (ended.isPresent()) {
        return ended.get();
      }
      try {
        connection = usable(Optional.of(connection));
      } catch (JedisException e) {
        // What a redirection answers was not executed, and nothing was sent since.
        connection.setBroken();
        return new Outcome.Failed(RedisProblem.words(error) + ": " + RedisProblem.oneLine(e));
      }
      return buy(more);
    }

    private Outcome declined(JedisDataException error) {
      var outcome = strategy.declined(error);
      if (route.lostBy(error, connection.tenure()) || outcome instanceof Outcome.Indeterminate) {
        // The reply to the command may still arrive.
        connection.setBroken();
      }
      return outcome;
    }

    @Override
    public void close() {
      if (connection.isBroken()) {
        giveBack(connection);
        connections.release(Optional.empty());
      } else {
        connections.release(Optional.of(connection));
      }
    }
  }
}
