package io.github.ticketsim.stock.redis;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Protocol.Keyword;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Makes connections that the server shows by a name.
 *
 * <p>Jedis would give the name itself, but drops whatever error Redis answers. A server that has
 * too many clients says so once and closes the connection: its message would be lost.
 */
final class NamedConnections {
  private final JedisClientConfig config;
  private final String name;
  private volatile @Nullable String refusal;

  NamedConnections(RedisEndpoint endpoint, Duration timeout, String name) {
    this.config = endpoint.config(timeout);
    this.name = name;
  }

  /**
   * Opens one connection.
   *
   * @throws JedisException when that is not possible within {@code timeout} a step
   */
  static Connection open(RedisEndpoint endpoint, Duration timeout, String name) {
    JedisClientConfig config = endpoint.config(timeout);
    var connection = connect(new CapturingSocketFactory(endpoint, timeout), config);
    var _ = name(connection, name);
    return connection;
  }

  /**
   * Opens one connection over {@code sockets}, beside all pools.
   *
   * @throws JedisException when that is not possible
   */
  Connection open(JedisSocketFactory sockets) {
    var connection = connect(sockets, config);
    name(connection);
    return connection;
  }

  private static Connection connect(JedisSocketFactory sockets, JedisClientConfig config) {
    return Connection.builder().socketFactory(sockets).clientConfig(config).build();
  }

  /** How the server shows these connections. */
  String name() {
    return name;
  }

  /** Names a connection that was opened elsewhere. */
  void name(Connection connection) {
    name(connection, name).ifPresent(words -> refusal = words);
  }

  /** The error if Redis has ever refused to name a connection; then nothing can settle. */
  Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** Names the connection, or tells why that is forbidden. */
  private static Optional<String> name(Connection connection, String name) {
    try {
      connection.executeCommand(
          new CommandArguments(Command.CLIENT).add(Keyword.SETNAME).add(name));
      return Optional.empty();
    } catch (JedisException e) {
      if (!isForbidden(e)) {
        connection.close();
        throw e;
      }
      // A user without the right to name connections can still buy.
      return Optional.of(RedisProblem.words(e));
    }
  }

  /** Whether an ACL forbids it, or the command was renamed. */
  private static boolean isForbidden(JedisException exception) {
    return exception instanceof JedisDataException
        && RedisProblem.words(exception).matches("NOPERM .*|ERR unknown (sub)?command .*");
  }
}
