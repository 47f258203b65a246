package io.github.ticketsim.stock.redis;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.IOUtils;

/** Makes the socket of a connection, checks its replies, and exposes it: Jedis does neither. */
final class CapturingSocketFactory implements JedisSocketFactory {
  private final JedisSocketFactory sockets;
  private final AtomicReference<@Nullable Socket> made = new AtomicReference<>();

  CapturingSocketFactory(RedisEndpoint endpoint, Duration timeout) {
    this.sockets = new DefaultJedisSocketFactory(endpoint.address(), endpoint.config(timeout));
  }

  @Override
  public Socket createSocket() {
    var socket = sockets.createSocket();
    try {
      var checked = new CheckedSocket(socket);
      made.set(checked);
      return checked;
    } catch (IOException e) {
      IOUtils.closeQuietly(socket);
      throw new JedisConnectionException(e);
    }
  }

  /** The latest. */
  Optional<Socket> made() {
    return Optional.ofNullable(made.get());
  }
}
