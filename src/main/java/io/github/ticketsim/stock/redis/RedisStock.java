package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Inventory;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.stock.StockUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

  /** How many timeouts long settling may take. */
  private static final int SETTLE_TIMEOUTS = 5;

  private static final long SETTLE_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final RedisEndpoint control;
  private final Terms terms;
  private final LongSupplier nanoClock;
  private final Strategy strategy;
  private final String clientName;
  private final Optional<String> unnamed;
  private final NamedConnections connections;
  private final RedisClient client;
  private final Pool<Connection> pool;

  /**
   * Stands in front of the pool because the pool's own queue lets late comers overtake, and starves
   * some buyers for seconds. With as many permits as connections, the pool never has to queue.
   */
  private final Semaphore admission;

  private RedisStock(
      RedisEndpoint control,
      Terms terms,
      LongSupplier nanoClock,
      String clientName,
      Optional<String> unnamed,
      NamedConnections connections,
      RedisClient client,
      int permits) {
    this.control = control;
    this.terms = terms;
    this.nanoClock = nanoClock;
    this.strategy = terms.strategy().on(terms, nanoClock);
    this.clientName = clientName;
    this.unnamed = unnamed;
    this.connections = connections;
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
    var named = new NamedConnections(endpoint, timeout, clientName);
    var client =
        RedisClient.builder()
            .connectionProvider(
                new PooledConnectionProvider(named, poolConfig(connections, timeout)))
            .build();
    try (var watch = RedisControl.connect(control, timeout)) {
      client.getPool().addObjects(connections);
      var unnamed = whyUnnamed(watch, clientName, connections);
      return new RedisStock(
          control, terms, nanoClock, clientName, unnamed, named, client, connections);
    } catch (JedisException e) {
      client.close();
      throw RedisProblem.of(e).at(endpoint);
    } catch (StockUnavailableException e) {
      client.close();
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

  /** Why the server does not show our connections by name, without which nothing can settle. */
  private static Optional<String> whyUnnamed(
      RedisControl control, String clientName, int connections) {
    try {
      var named = control.connectionsNamed(clientName);
      return named >= connections
          ? Optional.empty()
          : Optional.of("the server shows %d of %d connections".formatted(named, connections));
    } catch (JedisDataException e) {
      return Optional.of(RedisProblem.words(e));
    }
  }

  @Override
  public String strategy() {
    return terms.strategy().word();
  }

  @Override
  public Model model() {
    return terms.strategy().model();
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
    return settle(client::close, terms.timeout().multipliedBy(SETTLE_TIMEOUTS));
  }

  @Override
  public Settlement takeInventory() {
    // With no turn held every connection is idle, and the next buyers open new ones.
    return settle(pool::clear, terms.timeout());
  }

  @Override
  public OptionalLong left() {
    try (var watch = RedisControl.connect(control, terms.timeout())) {
      return watch.left(terms.strategy(), terms.key());
    } catch (JedisException e) {
      throw RedisProblem.of(e).at(control);
    }
  }

  private Settlement settle(Runnable closing, Duration limit) {
    var deadline = nanoClock.getAsLong() + limit.toNanos();
    var problem = "the connections of this run could not be closed";
    do {
      try {
        closing.run();
        try (var watch = RedisControl.connect(control, terms.timeout())) {
          var anonymous = unnamed.or(connections::refusal);
          if (anonymous.isPresent()) {
            return Settlement.unsettled(
                watch.left(terms.strategy(), terms.key()),
                "connections cannot be told apart: " + anonymous.get());
          }
          var open = watch.connectionsNamed(clientName);
          if (open == 0) {
            return read(watch);
          }
          problem = open + " connections of this run are still open at the server";
        }
      } catch (StockUnavailableException e) {
        problem = RedisProblem.words(e);
      } catch (RuntimeException e) {
        // Whatever this was, the record of the storm must not be lost over it.
        problem = RedisProblem.oneLine(e);
      }
      LockSupport.parkNanos(SETTLE_POLL_NANOS);
    } while (nanoClock.getAsLong() - deadline < 0);
    return Settlement.unsettled(OptionalLong.empty(), problem);
  }

  private Settlement read(RedisControl watch) {
    var left = watch.left(terms.strategy(), terms.key());
    return left.isPresent()
        ? Settlement.settled(left.getAsLong())
        : new Settlement(
            left, true, Optional.of("key '" + terms.key() + "' is gone or holds no number"));
  }

  @Override
  public void close() {
    client.close();
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
