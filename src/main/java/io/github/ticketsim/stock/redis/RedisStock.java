package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Inventory;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.deadline.Watchdog;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.util.Pool;

/** A stock in a Redis key, sold through a pool of connections. */
public final class RedisStock implements Inventory {

  private final RedisStrategy sold;
  private final Strategy strategy;
  private final Settling settling;
  private final Watchdog watchdog;
  private final RedisClient client;
  private final Pool<Connection> pool;

  /**
   * Stands in front of the pool because the pool's own queue lets late comers overtake, and starves
   * some buyers for seconds. With as many permits as connections, the pool never has to queue.
   */
  private final Semaphore admission;

  private RedisStock(
      Terms terms,
      Settling settling,
      Watchdog watchdog,
      RedisClient client,
      int permits,
      LongSupplier nanoClock) {
    this.sold = terms.strategy();
    this.strategy = sold.on(terms, nanoClock);
    this.settling = settling;
    this.watchdog = watchdog;
    this.client = client;
    this.pool = client.getPool();
    this.admission = new Semaphore(permits, true);
  }

  /**
   * Opens all connections of the pool, so that the storm does not measure their making.
   *
   * @param endpoint through which to buy
   * @param control through which to see what became of it, the same server by another way
   * @param connections in the pool
   * @param clientName marks the pool's connections at the server; without spaces, unique to the run
   * @param nanoClock monotonic, to bound the settling
   * @throws StockUnavailableException when a connection cannot be opened
   */
  public static RedisStock open(
      RedisEndpoint endpoint,
      RedisEndpoint control,
      Terms terms,
      int connections,
      String clientName,
      LongSupplier nanoClock) {
    var timeout = terms.timeout();
    var watchdog = new Watchdog(nanoClock);
    var named = new NamedConnections(endpoint, timeout, clientName);
    var client =
        RedisClient.builder()
            .connectionProvider(
                new PooledConnectionProvider(
                    PooledConnection.factory(endpoint, timeout, named, watchdog),
                    poolConfig(connections, timeout)))
            .build();
    try {
      client.getPool().addObjects(connections);
      var settling = Settling.prepare(control, terms, named, connections, nanoClock);
      return new RedisStock(terms, settling, watchdog, client, connections, nanoClock);
    } catch (JedisException e) {
      client.close();
      watchdog.close();
      throw RedisProblem.of(e).at(endpoint);
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
  public String strategy() {
    return sold.word();
  }

  @Override
  public Model model() {
    return sold.model();
  }

  @Override
  public Optional<Runnable> closeDoors() {
    var permits = admission.drainPermits();
    return Optional.of(() -> admission.release(permits));
  }

  @Override
  public Optional<Turn> awaitTurn(BooleanSupplier open) {
    admission.acquireUninterruptibly();
    var turn = Optional.<Turn>empty();
    try {
      if (open.getAsBoolean()) {
        turn = Optional.of(turn());
      }
      return turn;
    } finally {
      // Whoever gets a turn gives the permit back with it.
      if (turn.isEmpty()) {
        admission.release();
      }
    }
  }

  private Turn turn() {
    try {
      return new ConnectedTurn(pool.getResource());
    } catch (JedisException e) {
      // Nothing was sent: whatever went wrong in connecting and logging in, no purchase left.
      return new RefusedTurn(new Outcome.Failed(RedisProblem.oneLine(e)));
    }
  }

  @Override
  public Settlement settle() {
    return settling.settle(client::close);
  }

  @Override
  public Settlement takeInventory() {
    // With no turn held every connection is idle, and the next buyers open new ones.
    return settling.within(settling.terms().timeout(), pool::clear);
  }

  @Override
  public OptionalLong left() {
    return settling.left();
  }

  @Override
  public void close() {
    client.close();
    watchdog.close();
  }

  /** A turn with a connection of the pool. */
  private final class ConnectedTurn implements Turn {
    private final Connection connection;

    ConnectedTurn(Connection connection) {
      this.connection = connection;
    }

    @Override
    public Outcome buy() {
      try {
        return strategy.buy(connection);
      } catch (JedisDataException e) {
        // An error reply: Redis read the command and declined it.
        return new Outcome.Failed(RedisProblem.words(e));
      } catch (RuntimeException e) {
        // A late reply on this connection would be taken for the next buyer's: never reuse it.
        connection.setBroken();
        return new Outcome.Indeterminate(RedisProblem.oneLine(e));
      }
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (JedisException _) {
        // The pool drops a connection that it cannot take back; the outcome stands.
      } finally {
        admission.release();
      }
    }
  }

  /** A turn that no connection could be had for. */
  private final class RefusedTurn implements Turn {
    private final Outcome outcome;

    RefusedTurn(Outcome outcome) {
      this.outcome = outcome;
    }

    @Override
    public Outcome buy() {
      return outcome;
    }

    @Override
    public void close() {
      admission.release();
    }
  }
}
