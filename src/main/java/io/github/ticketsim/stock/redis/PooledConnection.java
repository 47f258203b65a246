package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.deadline.Deadline;
import io.github.ticketsim.stock.deadline.Watchdog;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * A connection for many virtual threads in turn, which saves the two most expensive parts of a
 * round trip.
 *
 * <p>A thread yields between its command and its poll for the reply, so that most threads need not
 * park (see {@link AdaptivePoll}).
 *
 * <p>One watchdog bounds the waits of all connections. A timeout of the socket would be scheduled
 * and cancelled for each read.
 */
final class PooledConnection extends Connection {
  private static final int NO_LIMIT = 0;

  /** For so long after a reply the server is assumed not to have closed the connection. */
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int PROBE_MILLIS = 1;

  private final Route.Tenure tenure;
  private final CapturingSocketFactory sockets;
  private final Watchdog watchdog;
  private final long timeoutNanos;
  private final AdaptivePoll poll;

  /** Null while the connection is being made; the socket has a timeout of its own until then. */
  private @Nullable Deadline deadline;

  /** Replies are read from it; null before the first. */
  private @Nullable RedisInputStream replies;

  private long idleSinceNanos;

  /** Whether it has not been used since it was {@link #usable}. */
  private boolean probed;

  private PooledConnection(
      Route.Tenure tenure,
      RedisEndpoint endpoint,
      Duration timeout,
      CapturingSocketFactory sockets,
      ParkedReaders readers,
      Watchdog watchdog) {
    super(builder().socketFactory(sockets).clientConfig(endpoint.config(timeout)));
    this.tenure = tenure;
    this.sockets = sockets;
    this.poll = new AdaptivePoll(readers);
    this.watchdog = watchdog;
    this.timeoutNanos = timeout.toNanos();
  }

  /** When its server was the one that sells. */
  Route.Tenure tenure() {
    return tenure;
  }

  /** Makes such connections to wherever {@code route} leads then, and names them. */
  static ConnectionFactory factory(
      Route route,
      Duration timeout,
      NamedConnections names,
      ParkedReaders readers,
      Watchdog watchdog) {
    var connections =
        new Connection.Builder() {
          @Override
          protected Connection createConnection() {
            var tenure = route.now();
            var endpoint = route.door(tenure);
            var sockets = new CapturingSocketFactory(endpoint, timeout);
            return new PooledConnection(tenure, endpoint, timeout, sockets, readers, watchdog);
          }
        };
    return new NamingFactory(
        ConnectionFactory.builder()
            .clientConfig(route.server().config(timeout))
            .connectionBuilder(connections),
        names);
  }

  /** Lets the watchdog bound the waits from here on. */
  private void watch() {
    setSoTimeout(NO_LIMIT);
    idleSinceNanos = watchdog.now();
    deadline = watchdog.watch(this::forceDisconnect, this::answered);
  }

  /** Whether a reply has arrived: a pause of this JVM must not count against Redis. */
  private boolean answered() {
    try {
      var socket = sockets.made();
      return socket.isPresent() && socket.get().getInputStream().available() > 0;
    } catch (IOException _) {
      return false;
    }
  }

  private static final class NamingFactory extends ConnectionFactory {
    private final NamedConnections names;

    NamingFactory(ConnectionFactory.Builder builder, NamedConnections names) {
      super(builder);
      this.names = names;
    }

    @Override
    protected void initialize(Connection connection) {
      super.initialize(connection);
      names.name(connection);
      if (connection instanceof PooledConnection made) {
        made.watch();
      }
    }
  }

  /**
   * Whether a command may be sent: as far as can be seen, the server has not closed the connection,
   * and has sent nothing that would pass for the reply. Called before each purchase.
   */
  boolean usable() {
    try {
      probed = !surplus() && (watchdog.now() - idleSinceNanos < FRESH_NANOS || silent());
      return probed;
    } catch (IOException | JedisConnectionException _) {
      return false;
    }
  }

  /** Whether bytes have arrived that belong to no command. */
  private boolean surplus() throws IOException {
    var arrived = replies == null ? socket().getInputStream() : replies;
    return arrived.available() > 0;
  }

  /** Waits for a moment; false if the connection ends, or a byte arrives. */
  private boolean silent() throws IOException {
    var socket = socket();
    socket.setSoTimeout(PROBE_MILLIS);
    try {
      var _ = socket.getInputStream().read();
      return false;
    } catch (SocketTimeoutException _) {
      return true;
    } finally {
      socket.setSoTimeout(NO_LIMIT);
    }
  }

  private Socket socket() {
    return sockets.made().orElseThrow();
  }

  /** For every command of a purchase but the first, which comes after {@link #usable}. */
  private void requireSilence() {
    try {
      if (!probed && surplus()) {
        throw new JedisConnectionException("a reply that nobody waits for");
      }
      probed = false;
    } catch (IOException e) {
      throw new JedisConnectionException(e);
    }
  }

  @Override
  public void sendCommand(CommandArguments arguments) {
    if (deadline != null) {
      requireSilence();
    }
    // Jedis would reopen a closed connection, and send the rest of a transaction over it.
    if (deadline != null && !deadline.start(watchdog.now() + timeoutNanos)) {
      throw timedOut();
    }
    super.sendCommand(arguments);
  }

  @Override
  protected Object protocolRead(RedisInputStream replies, PushConsumerChain pushes) {
    this.replies = replies;
    try {
      return poll.read(socket().getInputStream(), () -> super.protocolRead(replies, pushes));
    } catch (IOException e) {
      throw stop() ? timedOut() : new JedisConnectionException(e);
    } catch (JedisConnectionException e) {
      throw stop() ? timedOut() : e;
    } finally {
      stop();
      idleSinceNanos = watchdog.now();
    }
  }

  /** Whether it took too long. */
  private boolean stop() {
    return deadline != null && deadline.stop();
  }

  private static JedisConnectionException timedOut() {
    return new JedisConnectionException(new SocketTimeoutException("Read timed out"));
  }

  @Override
  public void disconnect() {
    if (deadline != null) {
      watchdog.forget(deadline);
    }
    super.disconnect();
  }
}
