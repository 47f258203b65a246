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
 * A connection for many virtual threads in turn, which spares the two dearest parts of a round
 * trip.
 *
 * <p>A thread lets others run between its command and its look for the reply, so that most need not
 * be parked until the kernel tells of it.
 *
 * <p>One watchdog bounds the waits of all connections. A limit on each read would have to be
 * scheduled and called off each time.
 */
final class PooledConnection extends Connection {
  private static final int NO_LIMIT = 0;

  /** For so long after a reply it goes without saying that the server has not hung up. */
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int PROBE_MILLIS = 1;

  private final CapturingSocketFactory sockets;
  private final Watchdog watchdog;
  private final long timeoutNanos;
  private final AdaptivePoll poll;

  /** None as long as the connection is being made, when the socket has a limit of its own. */
  private @Nullable Deadline deadline;

  /** Where replies are read, none before the first. */
  private @Nullable RedisInputStream replies;

  private long idleSinceNanos;

  /** Whether nobody has used it since it was {@link #usable}. */
  private boolean looked;

  private PooledConnection(
      RedisEndpoint endpoint,
      Duration timeout,
      CapturingSocketFactory sockets,
      ParkedReaders readers,
      Watchdog watchdog) {
    super(builder().socketFactory(sockets).clientConfig(endpoint.config(timeout)));
    this.sockets = sockets;
    this.poll = new AdaptivePoll(readers);
    this.watchdog = watchdog;
    this.timeoutNanos = timeout.toNanos();
  }

  /** Makes such connections, each with the name. */
  static ConnectionFactory factory(
      RedisEndpoint endpoint,
      Duration timeout,
      NamedConnections names,
      ParkedReaders readers,
      Watchdog watchdog) {
    var connections =
        new Connection.Builder() {
          @Override
          protected Connection createConnection() {
            var sockets = new CapturingSocketFactory(endpoint, timeout);
            return new PooledConnection(endpoint, timeout, sockets, readers, watchdog);
          }
        };
    return new NamingFactory(
        ConnectionFactory.builder()
            .clientConfig(endpoint.config(timeout))
            .connectionBuilder(connections),
        names);
  }

  /** From here on the watchdog bounds the waits. */
  private void watch() {
    setSoTimeout(NO_LIMIT);
    idleSinceNanos = watchdog.now();
    deadline = watchdog.watch(this::forceDisconnect, this::answered);
  }

  /** Whether a reply has arrived. A pause of this JVM must not pass for one of Redis. */
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
   * Whether a command may be sent, as far as that can be known: the server has not hung up, and has
   * said nothing that would be taken for the reply. Asked before each purchase.
   */
  boolean usable() {
    try {
      looked = !surplus() && (watchdog.now() - idleSinceNanos < FRESH_NANOS || silent());
      return looked;
    } catch (IOException | JedisConnectionException _) {
      return false;
    }
  }

  /** Whether bytes have come that belong to no command. */
  private boolean surplus() throws IOException {
    var arrived = replies == null ? socket().getInputStream() : replies;
    return arrived.available() > 0;
  }

  /** Waits for a moment for what ought not to come: the end, or a byte. */
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
      if (!looked && surplus()) {
        throw new JedisConnectionException("a reply that nobody waits for");
      }
      looked = false;
    } catch (IOException e) {
      throw new JedisConnectionException(e);
    }
  }

  @Override
  public void sendCommand(CommandArguments arguments) {
    if (deadline != null) {
      requireSilence();
    }
    // Jedis would open a closed connection again, and send the rest of a transaction over it.
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
