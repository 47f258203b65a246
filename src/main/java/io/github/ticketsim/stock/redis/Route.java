package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * The way to the server that sells: always the same one, or the one that a {@link Directory} names.
 * That is asked again before the next connection whenever a server was lost or declined to write.
 */
public final class Route {
  private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** How many servers beside the way are. */
  private static final int MOST_VISITED = 1_000;

  private final CurrentServer current;

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

  private Route(CurrentServer current, OptionalInt proxy) {
    this.current = current;
    this.proxy = proxy;
  }

  /** The way to a server that stays where it is. */
  public static Route to(RedisEndpoint server) {
    var only = new Tenure(server, Optional.empty());
    return new Route(new CurrentServer(null, Duration.ZERO, () -> 0, only), OptionalInt.empty());
  }

  /**
   * The way to the server that {@code directory} names.
   *
   * @param timeout for each step
   * @param nanoClock monotonic
   */
  static Route by(Directory directory, Duration timeout, LongSupplier nanoClock) {
    return new Route(new CurrentServer(directory, timeout, nanoClock, null), OptionalInt.empty());
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

  /** All servers that have sold so far, some of them to purchases that left this way. */
  Set<RedisEndpoint> servers() {
    var servers = new LinkedHashSet<>(current.visited);
    current.tenures.forEach(tenure -> servers.add(tenure.server));
    return servers;
  }

  /** Whether it leads there now, as far as is known. */
  boolean leadsTo(RedisEndpoint server) {
    var known = current.tenure;
    return known != null && known.server.equals(server);
  }

  /**
   * Connects to the server that sells, beside all purchases. In a cluster it follows commands to
   * the nodes of their keys.
   *
   * @throws StockUnavailableException if that is not possible
   */
  public RedisControl control(Duration timeout) {
    return control(now(), timeout);
  }

  /** The same during {@code tenure}. */
  RedisControl control(Tenure tenure, Duration timeout) {
    var directory = current.directory;
    return directory != null && directory.redirects()
        ? RedisControl.connect(List.of(tenure.server), timeout)
        : RedisControl.connect(tenure.server, timeout);
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
   * What {@code error} of a purchase means if {@code server} has said it. No node of a cluster
   * sends a command to itself, and no other server sends one anywhere: something in between has
   * made up such a redirection, perhaps after it had passed the command on.
   */
  JedisDataException saidBy(RedisEndpoint server, JedisDataException error) {
    return error instanceof JedisRedirectionException where
            && (CurrentServer.named(where.getTargetNode(), server).equals(server)
                || (current.directory != null && !current.directory.redirects()))
        ? new JedisDataException("no redirection of a cluster: " + error.getMessage())
        : error;
  }

  /**
   * A node of a cluster says that another one has the slot from now on.
   *
   * @return whether this way leads there from now on; else only that slot has left it
   * @throws StockUnavailableException if that cannot be reached
   */
  boolean moved(int slot, HostAndPort target) {
    return current.move(slot, target);
  }

  /** A purchase leaves this way for {@code target}, which a server of it has named. */
  RedisEndpoint visit(HostAndPort target) {
    var server = CurrentServer.named(target, server());
    if (current.visited.size() < MOST_VISITED) {
      current.visited.add(server);
    }
    return server;
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
}
