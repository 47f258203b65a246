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
  private final RedisEndpoint endpoint;
  private final Duration timeout;
  private final AtomicReference<@Nullable Socket> made = new AtomicReference<>();

  CapturingSocketFactory(RedisEndpoint endpoint, Duration timeout) {
    this.endpoint = endpoint;
    this.timeout = timeout;
  }

  @Override
  public Socket createSocket() {
    var plain = plain();
    try {
      var socket = endpoint.tls().isPresent() ? endpoint.tls().get().over(plain, endpoint) : plain;
      var checked = new CheckedSocket(socket);
      made.set(checked);
      return checked;
    } catch (IOException e) {
      IOUtils.closeQuietly(plain);
      throw new JedisConnectionException(e);
    }
  }

  private Socket plain() {
    if (endpoint.socket().isEmpty()) {
      // It tries all addresses that a name has.
      return new DefaultJedisSocketFactory(endpoint.address(), endpoint.config(timeout))
          .createSocket();
    }
    try {
      var socket = endpoint.connect(timeout);
      socket.setSoTimeout((int) timeout.toMillis());
      return socket;
    } catch (IOException e) {
      throw new JedisConnectionException(e);
    }
  }

  /** The latest. */
  Optional<Socket> made() {
    return Optional.ofNullable(made.get());
  }
}
