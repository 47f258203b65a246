package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The way to the server that sells: always the same one, or the one that a {@link Directory} names.
 * That is asked again before the next connection whenever a server was lost or declined to write.
 */
public final class Route {
  private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** The answers of a directory count for so long. */
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** How many servers of the past are remembered. */
  private static final int MOST_TENURES = 1_000;

  private final Current current;

  /** A proxy on this machine, through which to reach the server. */
  private final OptionalInt proxy;

  /** The time during which one server is the primary. Each is another, with the same server too. */
  static final class Tenure {
    private final RedisEndpoint server;
    private final Optional<ReplicationState> before;

    Tenure(RedisEndpoint server, Optional<ReplicationState> before) {
      this.server = server;
      this.before = before;
    }

    RedisEndpoint server() {
      return server;
    }

    /** Its replication state when it began; empty if the server does not tell. */
    Optional<ReplicationState> before() {
      return before;
    }
  }

  private Route(Current current, OptionalInt proxy) {
    this.current = current;
    this.proxy = proxy;
  }

  /** The way to a server that stays where it is. */
  public static Route to(RedisEndpoint server) {
    var only = new Tenure(server, Optional.empty());
    return new Route(new Current(null, Duration.ZERO, () -> 0, only), OptionalInt.empty());
  }

  /**
   * The way to the server that {@code directory} names.
   *
   * @param timeout for each step
   * @param nanoClock monotonic
   */
  static Route by(Directory directory, Duration timeout, LongSupplier nanoClock) {
    return new Route(new Current(directory, timeout, nanoClock, null), OptionalInt.empty());
  }

  /** The same way, through a proxy on {@code port} of this machine. */
  public Route through(int port) {
    return new Route(current, OptionalInt.of(port));
  }

  /**
   * Asks again and again, if it must be asked to know of another server.
   *
   * @return ends that
   */
  Runnable watch() {
    if (current.directory == null || !current.directory.deposesUnasked()) {
      return () -> {};
    }
    var watching =
        Thread.ofVirtual()
            .name("route")
            .start(
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    LockSupport.parkNanos(WATCH_NANOS);
                    askInTime();
                  }
                });
    return watching::interrupt;
  }

  private void askInTime() {
    try {
      latest();
    } catch (StockUnavailableException _) {
      // Who buys then will find out.
    }
  }

  /** Whether it may lead to another server later. */
  public boolean follows() {
    return current.directory != null;
  }

  /**
   * The server that sells now.
   *
   * @throws StockUnavailableException if that cannot be found out
   */
  public RedisEndpoint server() {
    return now().server;
  }

  /**
   * The same, asked anew.
   *
   * @throws StockUnavailableException if that cannot be found out
   */
  public RedisEndpoint serverAskedAnew() {
    return latest().server;
  }

  /** How many servers have sold, one after the other. */
  public int served() {
    return Math.max(1, current.tenures.size());
  }

  /** The tenure that lasts, as far as is known. */
  Tenure now() {
    var known = current.tenure;
    return known == null ? current.look(/* anew= */ false) : known;
  }

  /** The same, asked anew. */
  Tenure latest() {
    return follows() ? current.look(/* anew= */ true) : now();
  }

  /** Those so far. */
  List<Tenure> tenures() {
    return List.copyOf(current.tenures);
  }

  boolean lasts(Tenure tenure) {
    return tenure == current.tenure;
  }

  /** Where to connect during {@code tenure}. */
  RedisEndpoint door(Tenure tenure) {
    return proxy.isPresent() ? tenure.server.through(proxy.getAsInt()) : tenure.server;
  }

  /** A connection to its server broke, or that server does not write: ask before the next one. */
  void lost(Tenure tenure) {
    if (follows() && tenure == current.tenure) {
      current.tenure = null;
    }
  }

  /**
   * An error says that a server is not the one to sell, which proves that nothing was executed.
   *
   * @return whether to connect anew
   */
  boolean lostBy(JedisDataException error, Tenure tenure) {
    var deposed =
        follows() && RedisProblem.words(error).matches("(READONLY|CLUSTERDOWN|MASTERDOWN) .*");
    if (deposed) {
      lost(tenure);
    }
    return deposed;
  }

  /**
   * A node of a cluster says that another one has the slot from now on.
   *
   * @throws StockUnavailableException if that cannot be reached
   */
  void moved(HostAndPort target) {
    current.move(target);
  }

  /**
   * Opens a connection. If the server may change, several times until the timeout has passed: while
   * one is chosen, the old one is gone.
   *
   * @throws JedisException when that is not possible
   */
  <T> T connect(Function<Tenure, T> opening) {
    if (!follows()) {
      return opening.apply(now());
    }
    var deadline = current.nanoClock.getAsLong() + current.timeout.toNanos();
    while (true) {
      JedisException problem;
      try {
        var tenure = now();
        try {
          return opening.apply(tenure);
        } catch (JedisException e) {
          lost(tenure);
          problem = e;
        }
      } catch (StockUnavailableException e) {
        problem = new JedisConnectionException(e.getMessage(), e);
      }
      if (problem instanceof JedisDataException || current.nanoClock.getAsLong() - deadline >= 0) {
        throw problem;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** What all ways to the same stock share. */
  private static final class Current {
    private final @Nullable Directory directory;
    private final Duration timeout;
    private final LongSupplier nanoClock;
    private final List<Tenure> tenures = new CopyOnWriteArrayList<>();
    private final ReentrantLock looking = new ReentrantLock();

    /** Null if the directory must be asked. */
    private volatile @Nullable Tenure tenure;

    /** The last one that was known; guarded by {@link #looking}. */
    private @Nullable Tenure last;

    private long lookedNanos;

    Current(
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

    void move(HostAndPort target) {
      looking.lock();
      try {
        var before = last;
        if (directory == null || before == null) {
          return;
        }
        // A node that does not know its own name leaves it out.
        var host = target.getHost().isEmpty() ? before.server.host() : target.getHost();
        var _ = begin(directory, before.server.at(new HostAndPort(host, target.getPort())));
      } finally {
        looking.unlock();
      }
    }

    private Tenure begin(Directory directory, RedisEndpoint server) {
      var before = last;
      var begun =
          before != null && before.server.equals(server)
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
        throw directory.wrong(
            "name %s as the primary, and there: %s"
                .formatted(server, RedisProblem.of(e, server).words()),
            directory.reachable());
      }
    }
  }
}
