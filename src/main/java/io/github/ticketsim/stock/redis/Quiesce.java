package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.stock.StockUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Reads what is left once the server shows no connection of the run any more.
 *
 * @param control leads to the server that sells, beside those connections
 * @param config of the sale
 * @param connections of the run
 * @param unnamed why the server does not show them by name, so that nothing can settle; else empty
 * @param before the replication state when the sale began, of a server that stays where it is;
 *     empty if it does not tell
 * @param nanoClock monotonic
 */
record Quiesce(
    Route control,
    Selling config,
    NamedConnections connections,
    Optional<String> unnamed,
    Optional<ReplicationState> before,
    LongSupplier nanoClock) {

  /** How many timeouts settling may take. */
  private static final int TIMEOUTS = 5;

  /** Replicas confirm once a second, and one that has lost its primary comes back as often. */
  private static final Duration REPLICA_LIMIT = Duration.ofSeconds(5);

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** Checks that the server shows the {@code open} connections of the run. */
  static Quiesce prepare(
      Route control,
      Selling config,
      NamedConnections connections,
      int open,
      LongSupplier nanoClock) {
    try (var watch = control.control(config.timeout())) {
      var before = ReplicationState.ask(watch);
      var unnamed = whyUnnamed(watch, connections.name(), open);
      return new Quiesce(control, config, connections, unnamed, before, nanoClock);
    }
  }

  private static Optional<String> whyUnnamed(RedisControl watch, String name, int open) {
    try {
      var named = watch.connectionsNamed(name).orElse(0);
      return named >= open
          ? Optional.empty()
          : Optional.of("the server shows %d of %d connections".formatted(named, open));
    } catch (JedisDataException e) {
      return Optional.of(RedisProblem.words(e));
    }
  }

  /**
   * Waits until no attempt can take effect any more, and reads what is left. Bounded in time.
   *
   * @param close closes the run's connections; called again if it fails
   */
  Settlement settle(Runnable close) {
    return settle(Duration.ofNanos(TIMEOUTS * config.timeout().toNanos()), close);
  }

  /** The same within {@code limit}. */
  Settlement settle(Duration limit, Runnable close) {
    var deadline = nanoClock.getAsLong() + limit.toNanos();
    var last = nothing("the connections of this run could not be closed");
    do {
      try {
        close.run();
        var tenure = control.latest();
        try (var watch = control.control(tenure, config.timeout())) {
          var anonymous = unnamed.or(connections::refusal);
          if (anonymous.isPresent()) {
            return Settlement.unsettled(
                config.left(watch), "connections cannot be told apart: " + anonymous.get());
          }
          var open = watch.connectionsNamed(connections.name());
          if (open.isEmpty()) {
            return Settlement.unsettled(
                config.left(watch),
                "the server does not show the connection that asks for all connections");
          }
          var elsewhere = openElsewhere(tenure);
          if (elsewhere.isPresent()) {
            last = nothing(elsewhere.get());
          } else if (open.getAsLong() > 0) {
            last =
                nothing(open.getAsLong() + " connections of this run are still open at the server");
          } else {
            last = read(watch, tenure);
            if (!control.follows()) {
              return last;
            }
            // In this order: what was read counts only if it was the primary until then.
            if (control.latest() != tenure) {
              last = nothing("another server became the primary meanwhile");
            } else if (last.settled()) {
              return last;
            }
            // Else a failover may be under way, and the new primary named soon.
          }
        }
      } catch (StockUnavailableException e) {
        last = nothing(RedisProblem.words(e));
      } catch (RuntimeException e) {
        // No failure here may lose the record of the storm.
        last = nothing(RedisProblem.oneLine(e));
      }
      LockSupport.parkNanos(POLL_NANOS);
    } while (nanoClock.getAsLong() - deadline < 0);
    return last;
  }

  private static Settlement nothing(String problem) {
    return Settlement.unsettled(OptionalLong.empty(), problem);
  }

  /**
   * What is left now, although attempts may still take effect; empty if the key holds no number.
   *
   * @throws StockUnavailableException when Redis does not say
   */
  OptionalLong left() {
    var server = control.server();
    try (var watch = control.control(config.timeout())) {
      return config.left(watch);
    } catch (JedisException e) {
      throw RedisProblem.of(e, server).at(server);
    }
  }

  /**
   * What is still open at servers that have sold before. One that cannot be reached does no harm:
   * it is no primary any more, so what it still executes nobody will see.
   */
  private Optional<String> openElsewhere(Route.Tenure now) {
    return control.servers().stream()
        .filter(server -> !server.equals(now.server()))
        .flatMap(server -> openAt(server).stream())
        .findFirst();
  }

  private Optional<String> openAt(RedisEndpoint server) {
    try (var watch = RedisControl.connect(server, config.timeout())) {
      var open = watch.connectionsNamed(connections.name()).orElse(0);
      return open == 0
          ? Optional.empty()
          : Optional.of("%d connections of this run are still open at %s".formatted(open, server));
    } catch (StockUnavailableException | JedisException _) {
      return Optional.empty();
    }
  }

  private Settlement read(RedisControl watch, Route.Tenure tenure) {
    var left = config.left(watch);
    // In this order: the value counts only if the replication state is unchanged after it was read.
    var begun = control.follows() ? tenure.before() : before;
    var doubt = begun.flatMap(then -> doubt(then, watch));
    if (doubt.isPresent()) {
      return Settlement.unsettled(left, doubt.get());
    }
    return left.isPresent() ? Settlement.settled(left.getAsLong()) : gone(begun, watch);
  }

  /** In which nothing says what is left. */
  private Settlement gone(Optional<ReplicationState> begun, RedisControl watch) {
    var why = config.whyNothingLeft();
    var restarted =
        begun.filter(then -> ReplicationState.ask(watch).filter(then::restartedAt).isPresent());
    return restarted.isPresent()
        ? nothing("the server was restarted during the sale, and lost what it had not kept: " + why)
        : new Settlement(OptionalLong.empty(), true, Optional.of(why));
  }

  /** Waits until all replicas have what was sold, but not for long. */
  private Optional<String> doubt(ReplicationState then, RedisControl watch) {
    var deadline = nanoClock.getAsLong() + REPLICA_LIMIT.toNanos();
    var sold = OptionalLong.empty();
    while (true) {
      var now = ReplicationState.ask(watch);
      if (now.isEmpty()) {
        return Optional.of("the server no longer tells its role in replication");
      }
      var doubt = then.doubtAt(now.get());
      if (doubt.isPresent()) {
        return doubt;
      }
      if (sold.isEmpty()) {
        sold = OptionalLong.of(now.get().written());
      }
      var behind = then.behindAt(now.get(), sold.getAsLong());
      if (behind.isEmpty() || nanoClock.getAsLong() - deadline >= 0) {
        return behind;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
