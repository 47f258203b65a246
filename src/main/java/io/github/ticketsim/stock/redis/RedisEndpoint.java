package io.github.ticketsim.stock.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * Where a Redis is and how to log in, as a {@code redis://} or {@code rediss://} URI says it.
 *
 * @param address host and port
 * @param tls whether to speak TLS
 * @param user for {@code AUTH}, null for the default user
 * @param password for {@code AUTH}, null for none
 * @param database selected after login
 */
public record RedisEndpoint(
    HostAndPort address,
    boolean tls,
    @Nullable String user,
    @Nullable String password,
    int database) {

  static final String LOOPBACK = "127.0.0.1";

  private static final int DEFAULT_PORT = 6379;

  /**
   * Reads {@code redis[s]://[[user]:password@]host[:port][/database]}.
   *
   * @throws IllegalArgumentException when {@code text} is no such URI; the message says what is
   *     wrong, without repeating a password
   */
  public static RedisEndpoint parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is no URI (" + e.getReason() + ")");
    }
    if (!JedisURIHelper.isRedisScheme(uri) && !JedisURIHelper.isRedisSSLScheme(uri)) {
      throw new IllegalArgumentException("does not begin with redis:// or rediss://");
    }
    if (uri.getQuery() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException("has a query or a fragment");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("has no host name, or a port that is no number");
    }
    var login = uri.getUserInfo();
    if (login != null && !login.contains(":")) {
      throw new IllegalArgumentException("names a user without a password");
    }
    var port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    if (port == 0 || port > 65_535) {
      throw new IllegalArgumentException("has a port that is not in 1..65535");
    }
    return new RedisEndpoint(
        new HostAndPort(uri.getHost(), port),
        JedisURIHelper.isRedisSSLScheme(uri),
        JedisURIHelper.getUser(uri),
        JedisURIHelper.getPassword(uri),
        database(uri));
  }

  private static int database(URI uri) {
    var path = uri.getPath();
    if (path.isEmpty() || path.equals("/")) {
      return 0;
    }
    if (!path.matches("/[0-9]{1,9}")) {
      // Not repeated: behind an unescaped slash in a password it would be the rest of that.
      throw new IllegalArgumentException("has a database that is no number");
    }
    return Integer.parseInt(path.substring(1));
  }

  /** Its name or address. */
  public String host() {
    return address.getHost();
  }

  /** Its port. */
  public int port() {
    return address.getPort();
  }

  /** The same Redis, reached through {@code port} of this machine. */
  public RedisEndpoint through(int port) {
    return new RedisEndpoint(new HostAndPort(LOOPBACK, port), tls, user, password, database);
  }

  /** The endpoint for messages: without user and password. */
  public String label() {
    return (tls ? "rediss://" : "redis://") + address + (database == 0 ? "" : "/" + database);
  }

  @Override
  public String toString() {
    return label();
  }

  /**
   * How Jedis connects. Without {@code HELLO}: RESP2 says all that a counter needs, and a user who
   * may do nothing but {@code DECR} can still log in.
   */
  JedisClientConfig config(Duration timeout) {
    var config =
        DefaultJedisClientConfig.builder()
            .serverDefaultProtocol()
            .connectionTimeoutMillis((int) timeout.toMillis())
            .socketTimeoutMillis((int) timeout.toMillis())
            .user(user)
            .password(password)
            .database(database)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
    return tls ? config.sslOptions(SslOptions.defaults()).build() : config.build();
  }
}
