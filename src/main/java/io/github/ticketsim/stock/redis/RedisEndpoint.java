package io.github.ticketsim.stock.redis;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

/**
 * One server of Redis and how to log in, as a {@code redis://}, {@code rediss://} or {@code
 * redis+unix://} URI says it.
 *
 * @param address host and port; not used if there is a socket
 * @param socket of this machine to connect to, in place of the address
 * @param tls how to speak TLS; empty for a plain connection
 * @param user for {@code AUTH}, null for the default user
 * @param password for {@code AUTH}, null for none
 * @param database selected after login
 */
public record RedisEndpoint(
    HostAndPort address,
    Optional<Path> socket,
    Optional<Tls> tls,
    @Nullable String user,
    @Nullable String password,
    int database)
    implements RedisAddress {

  /** The address of this machine that no other reaches. */
  public static final String LOOPBACK = "127.0.0.1";

  static final int USUAL_PORT = 6379;

  private static final HostAndPort NOWHERE = new HostAndPort(LOOPBACK, 0);

  /** At {@code address}, without a socket. */
  RedisEndpoint(
      HostAndPort address,
      Optional<Tls> tls,
      @Nullable String user,
      @Nullable String password,
      int database) {
    this(address, Optional.empty(), tls, user, password, database);
  }

  /** A Redis on {@code port} of this machine, without TLS and login. */
  public static RedisEndpoint loopback(int port) {
    return new RedisEndpoint(new HostAndPort(LOOPBACK, port), Optional.empty(), null, null, 0);
  }

  /**
   * Reads {@code redis[s]://[[user]:password@]host[:port][/database]}, or {@code
   * redis+unix:///path[?db=N&user=NAME&password=WORD]}.
   *
   * @throws IllegalArgumentException when {@code text} is no such URI; the message says what is
   *     wrong and what is right, without repeating a password
   */
  public static RedisEndpoint parse(String text) {
    var uri = RedisUri.parse(text);
    if (uri.scheme().equals(RedisUri.SENTINEL) || uri.scheme().equals(RedisUri.CLUSTER)) {
      throw new IllegalArgumentException("names more than one server");
    }
    return of(uri, RedisLogin.NONE);
  }

  static RedisEndpoint of(RedisUri uri, RedisLogin login) {
    if (uri.scheme().equals(RedisUri.UNIX)) {
      return unix(uri, login);
    }
    var address = RedisUri.address(uri.host(), USUAL_PORT);
    var database = RedisUri.database(uri.path());
    return new RedisEndpoint(
        address,
        login.tls(uri),
        uri.user().orElse(null),
        login.password(uri).orElse(null),
        database);
  }

  private static RedisEndpoint unix(RedisUri uri, RedisLogin login) {
    uri.requireNoOther("db", "user", "password");
    if (login.tls().isPresent()) {
      throw new IllegalArgumentException("is a Unix socket, over which Redis speaks no TLS");
    }
    if (!uri.place().startsWith("/") || uri.place().length() == 1) {
      throw new IllegalArgumentException(
          "has no absolute path: write it like redis+unix:///run/redis.sock");
    }
    var named =
        new RedisUri(
            uri.scheme(),
            false,
            Optional.ofNullable(uri.query().get("user")),
            Optional.ofNullable(uri.query().get("password")),
            uri.place(),
            uri.query());
    return new RedisEndpoint(
        NOWHERE,
        Optional.of(Path.of(RedisUri.decode(uri.place()))),
        Optional.empty(),
        named.user().orElse(null),
        login.password(named).orElse(null),
        uri.queriedDatabase());
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
    return at(new HostAndPort(LOOPBACK, port));
  }

  /** Another server with the same login. */
  RedisEndpoint at(HostAndPort other) {
    var host = other.getHost();
    var bare = host.indexOf(':') >= 0 && !host.startsWith("[");
    return new RedisEndpoint(
        bare ? new HostAndPort("[" + host + "]", other.getPort()) : other,
        tls,
        user,
        password,
        database);
  }

  @Override
  public boolean tlsSpoken() {
    return tls.isPresent();
  }

  @Override
  public String words() {
    return "";
  }

  @Override
  public Route route(byte[] key, Duration timeout, LongSupplier nanoClock) {
    return Route.to(this);
  }

  @Override
  public String label() {
    return socket.isPresent()
        ? "redis+unix://" + socket.get() + (database == 0 ? "" : "?db=" + database)
        : scheme() + address + (database == 0 ? "" : "/" + database);
  }

  private String scheme() {
    return tls.isPresent() ? "rediss://" : "redis://";
  }

  /** How to name another server of the same kind, without a login. */
  String uriOf(String host, String port) {
    var plain = host.indexOf(':') >= 0 && !host.startsWith("[");
    return scheme() + (plain ? "[" + host + "]" : host) + ":" + port;
  }

  @Override
  public String toString() {
    return label();
  }

  /** Connects, without TLS and login. */
  public Socket connect(Duration timeout) throws IOException {
    if (socket.isPresent()) {
      return UnixSocket.connect(socket.get());
    }
    var plain = new Socket();
    try {
      plain.connect(new InetSocketAddress(host(), port()), (int) timeout.toMillis());
      return plain;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  /**
   * How Jedis logs in. Without {@code HELLO}: RESP2 says all that a counter needs, and a user who
   * may do nothing but {@code DECR} can still log in.
   */
  JedisClientConfig config(Duration timeout) {
    return DefaultJedisClientConfig.builder()
        .serverDefaultProtocol()
        .connectionTimeoutMillis((int) timeout.toMillis())
        .socketTimeoutMillis((int) timeout.toMillis())
        .user(user)
        .password(password)
        .database(database)
        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
        .build();
  }
}
