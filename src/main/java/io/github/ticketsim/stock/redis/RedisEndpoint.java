package io.github.ticketsim.stock.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

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

  /** The address of this machine that no other reaches. */
  public static final String LOOPBACK = "127.0.0.1";

  private static final int DEFAULT_PORT = 6379;
  private static final int MOST_PORT = 65_535;

  /** Not by {@link java.net.URI}, to which a host such as {@code redis_1} is none. */
  private static final Pattern URI = Pattern.compile("(?i)(rediss?)://(.*)");

  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9A-Za-z:.%]+]|[^\\s\\p{Cntrl}\\[\\]:@?#\\\\]*)(?::([0-9]*))?");

  /** What may stand in a user and a password as it is. */
  private static final Pattern LOGIN = Pattern.compile("(?:[^\\s@/?#%\\[\\]]|%[0-9A-Fa-f]{2})*");

  /** A Redis on {@code port} of this machine, without TLS and login. */
  public static RedisEndpoint loopback(int port) {
    return new RedisEndpoint(new HostAndPort(LOOPBACK, port), false, null, null, 0);
  }

  /**
   * Reads {@code redis[s]://[[user]:password@]host[:port][/database]}.
   *
   * @throws IllegalArgumentException when {@code text} is no such URI; the message says what is
   *     wrong and what is right, without repeating a password
   */
  public static RedisEndpoint parse(String text) {
    var uri = URI.matcher(text);
    if (!uri.matches()) {
      throw new IllegalArgumentException("does not begin with redis:// or rediss://");
    }
    var tls = uri.group(1).equalsIgnoreCase("rediss");
    var rest = uri.group(2);
    // The last one: whatever stands before it, a password with an @ in it too, is the login.
    var at = rest.lastIndexOf('@');
    var place = rest.substring(at + 1);
    var slash = place.indexOf('/');
    var address = address(slash < 0 ? place : place.substring(0, slash));
    var database = slash < 0 ? 0 : database(place.substring(slash + 1));
    if (at < 0) {
      return new RedisEndpoint(address, tls, null, null, database);
    }
    var login = rest.substring(0, at);
    if (!LOGIN.matcher(login).matches()) {
      throw new IllegalArgumentException(
          "has a character in its user or password that must be percent-encoded: write %40 for @,"
              + " %2F for /, %3A for :, %3F for ?, %23 for #, %25 for %, %20 for a blank");
    }
    var colon = login.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("names a user without a password");
    }
    var user = decode(login.substring(0, colon));
    return new RedisEndpoint(
        address, tls, user.isEmpty() ? null : user, decode(login.substring(colon + 1)), database);
  }

  /** What is refused here is not repeated: behind a slash in a password it would be part of it. */
  private static HostAndPort address(String text) {
    if (text.matches("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
      throw new IllegalArgumentException(
          "has an IPv6 address without brackets: write it like redis://[::1]:6379");
    }
    if (text.contains("?") || text.contains("#")) {
      throw new IllegalArgumentException("has a query or a fragment");
    }
    var address = ADDRESS.matcher(text);
    if (!address.matches()) {
      throw new IllegalArgumentException(
          "has no host name, or a port that is no number (if a password is meant, @ and the host"
              + " must follow it)");
    }
    if (address.group(1).isEmpty()) {
      throw new IllegalArgumentException("has no host name");
    }
    var digits = address.group(2);
    if (digits == null || digits.isEmpty()) {
      return new HostAndPort(address.group(1), DEFAULT_PORT);
    }
    var port = digits.length() > 5 ? 0 : Integer.parseInt(digits);
    if (port < 1 || port > MOST_PORT) {
      throw new IllegalArgumentException("has a port that is not in 1..65535");
    }
    return new HostAndPort(address.group(1), port);
  }

  private static int database(String text) {
    if (!text.matches("[0-9]{0,9}")) {
      throw new IllegalArgumentException("has a database that is no number");
    }
    return text.isEmpty() ? 0 : Integer.parseInt(text);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
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

  /** How to name another server of the same kind, without a login. */
  String uriOf(String host, String port) {
    var plain = host.indexOf(':') >= 0 && !host.startsWith("[");
    return (tls ? "rediss://" : "redis://") + (plain ? "[" + host + "]" : host) + ":" + port;
  }

  @Override
  public String toString() {
    return label();
  }

  /**
   * How Jedis connects. Without {@code HELLO}: RESP2 says all that a counter needs, and a user who
   * may do nothing but {@code DECR} can still log in.
   */
  // SslOptions knows stores of its own alone, and not the keys that Java has been told of.
  @SuppressWarnings("deprecation")
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
    return tls
        ? config
            .ssl(true)
            .sslSocketFactory(Tls.sockets(this))
            .sslParameters(Tls.parameters())
            .build()
        : config.build();
  }
}
