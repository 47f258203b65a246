package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.deadline.Deadline;
import io.github.ticketsim.stock.deadline.Watchdog;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
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

  private final RememberingSockets sockets;
  private final Watchdog watchdog;
  private final long timeoutNanos;
  private final Lookout lookout;

  /** None as long as the connection is being made, when the socket has a limit of its own. */
  private @Nullable Deadline deadline;

  private PooledConnection(
      RedisEndpoint endpoint,
      Duration timeout,
      RememberingSockets sockets,
      Lookouts lookouts,
      Watchdog watchdog) {
    super(builder().socketFactory(sockets).clientConfig(endpoint.config(timeout)));
    this.sockets = sockets;
    this.lookout = new Lookout(lookouts);
    this.watchdog = watchdog;
    this.timeoutNanos = timeout.toNanos();
  }

  /** Makes such connections, each with the name. */
  static ConnectionFactory factory(
      RedisEndpoint endpoint,
      Duration timeout,
      NamedConnections names,
      Lookouts lookouts,
      Watchdog watchdog) {
    var connections =
        new Connection.Builder() {
          @Override
          protected Connection createConnection() {
            var sockets = new RememberingSockets(endpoint, timeout);
            return new PooledConnection(endpoint, timeout, sockets, lookouts, watchdog);
          }
        };
    return new Factory(
        ConnectionFactory.builder()
            .clientConfig(endpoint.config(timeout))
            .connectionBuilder(connections),
        names);
  }

  /** From here on the watchdog bounds the waits. */
  private void watch() {
    setSoTimeout(NO_LIMIT);
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

  private static final class Factory extends ConnectionFactory {
    private final NamedConnections names;

    Factory(ConnectionFactory.Builder builder, NamedConnections names) {
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

  @Override
  public void sendCommand(CommandArguments arguments) {
    // Jedis would open a closed connection again, and send the rest of a transaction over it.
    if (deadline != null && !deadline.start(watchdog.now() + timeoutNanos)) {
      throw timedOut();
    }
    super.sendCommand(arguments);
  }

  @Override
  protected Object protocolRead(RedisInputStream replies, PushConsumerChain pushes) {
    try {
      var socket = sockets.made().orElseThrow();
      return lookout.read(socket.getInputStream(), () -> super.protocolRead(replies, pushes));
    } catch (IOException e) {
      throw stop() ? timedOut() : new JedisConnectionException(e);
    } catch (JedisConnectionException e) {
      throw stop() ? timedOut() : e;
    } finally {
      stop();
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
