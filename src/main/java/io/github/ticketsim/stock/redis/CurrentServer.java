package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.redis.Route.Tenure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** What all ways to the same stock share. */
final class CurrentServer {
  /** The answers of a directory count for so long. */
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** How many servers of the past are remembered. */
  private static final int MOST_TENURES = 1_000;

  final @Nullable Directory directory;
  final Duration timeout;
  final LongSupplier nanoClock;
  final List<Tenure> tenures = new CopyOnWriteArrayList<>();
  final Set<RedisEndpoint> visited = new CopyOnWriteArraySet<>();
  private final ReentrantLock looking = new ReentrantLock();

  /** Null if the directory must be asked. */
  volatile @Nullable Tenure tenure;

  /** The last one that was known; guarded by {@link #looking}. */
  private @Nullable Tenure last;

  private long lookedNanos;

  CurrentServer(
      @Nullable Directory directory,
      Duration timeout,
      LongSupplier nanoClock,
      @Nullable Tenure tenure) {
    this.directory = directory;
    this.timeout = timeout;
    this.nanoClock = nanoClock;
    this.tenure = tenure;
  }

  /**
   * @param anew whether what is known does not count
   */
  Tenure look(boolean anew) {
    looking.lock();
    try {
      var known = tenure;
      if (known != null && !anew) {
        return known;
      }
      var now = nanoClock.getAsLong();
      var before = last;
      if (before != null && !anew && now - lookedNanos < FRESH_NANOS) {
        tenure = before;
        return before;
      }
      if (directory == null) {
        throw new IllegalStateException("a fixed server is always known");
      }
      lookedNanos = now;
      return begin(directory, directory.primary(timeout));
    } finally {
      looking.unlock();
    }
  }

  /** A node that does not know its own name leaves it out. */
  static RedisEndpoint named(HostAndPort target, RedisEndpoint by) {
    var host = target.getHost().isEmpty() ? by.host() : target.getHost();
    return by.at(new HostAndPort(host, target.getPort()));
  }

  boolean move(int slot, HostAndPort target) {
    looking.lock();
    try {
      var before = last;
      if (directory == null || before == null) {
        return true;
      }
      var server = named(target, before.server());
      if (!directory.moves(slot, server)) {
        return false;
      }
      var _ = begin(directory, server);
      return true;
    } finally {
      looking.unlock();
    }
  }

  private Tenure begin(Directory directory, RedisEndpoint server) {
    var before = last;
    var begun =
        before != null && before.server().equals(server)
            ? before
            : new Tenure(server, stateOf(directory, server));
    if (begun != before && tenures.size() < MOST_TENURES) {
      tenures.add(begun);
    }
    last = begun;
    tenure = begun;
    return begun;
  }

  /** Makes sure that it is there, and a primary. */
  private Optional<ReplicationState> stateOf(Directory directory, RedisEndpoint server) {
    try (var control = RedisControl.open(server, timeout)) {
      var state = ReplicationState.ask(control);
      if (state.isPresent() && !state.get().primary()) {
        throw directory.wrong(
            "name %s as the primary, which is a replica".formatted(server),
            "wait for the end of the failover, or make it the primary");
      }
      return state;
    } catch (JedisDataException e) {
      throw new SecondLook(server, timeout).at(e);
    } catch (JedisException e) {
      var problem = RedisProblem.of(e, server);
      throw directory.wrong(
          "name %s as the primary, and there: %s".formatted(server, problem.words()),
          problem.aboutTls() ? problem.cure() : directory.reachable());
    }
  }
}
