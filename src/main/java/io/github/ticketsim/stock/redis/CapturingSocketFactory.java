package io.github.ticketsim.stock.redis;

import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.JedisSocketFactory;

/** Makes the socket of a connection and exposes it, which Jedis does not. */
final class CapturingSocketFactory implements JedisSocketFactory {
  private final JedisSocketFactory sockets;
  private final AtomicReference<@Nullable Socket> made = new AtomicReference<>();

  CapturingSocketFactory(RedisEndpoint endpoint, Duration timeout) {
    this.sockets = new DefaultJedisSocketFactory(endpoint.address(), endpoint.config(timeout));
  }

  @Override
  public Socket createSocket() {
    var socket = sockets.createSocket();
    made.set(socket);
    return socket;
  }

  /** The latest. */
  Optional<Socket> made() {
    return Optional.ofNullable(made.get());
  }
}
