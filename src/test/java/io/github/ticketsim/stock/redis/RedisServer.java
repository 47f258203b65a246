package io.github.ticketsim.stock.redis;

import io.github.ticketsim.Await;
import io.github.ticketsim.redis.BundledRedis;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A real Redis for tests, with a connection beside those of the program under test. */
public final class RedisServer implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String ENVIRONMENT = "TICKET_SIM_TEST_REDIS";

  private final RedisEndpoint endpoint;
  private final String uri;
  private final List<String> keys = new ArrayList<>();
  private Optional<BundledRedis> bundled;

  private RedisServer(String uri, Optional<BundledRedis> bundled) {
    this.endpoint = RedisEndpoint.parse(uri);
    this.uri = uri;
    this.bundled = bundled;
  }

  /**
   * A Redis for tests that leave it as it is: the one that TICKET_SIM_TEST_REDIS names as a
   * redis:// URI, else a bundled one.
   */
  public static RedisServer any() {
    return Optional.ofNullable(System.getenv(ENVIRONMENT))
        .map(RedisServer::at)
        .orElseGet(RedisServer::own);
  }

  /** A Redis of the test's own, which it may configure, pause and kill. */
  public static RedisServer own() {
    var bundled = BundledRedis.start(System::nanoTime);
    return new RedisServer(bundled.endpoint().label(), Optional.of(bundled));
  }

  /** The Redis at {@code uri}, which somebody else started. */
  public static RedisServer at(String uri) {
    return new RedisServer(uri, Optional.empty());
  }

  /** How to reach it. */
  public RedisEndpoint endpoint() {
    return endpoint;
  }

  /** The way to it. */
  public Route route() {
    return Route.to(endpoint);
  }

  /** How to reach it, for {@code --redis}. */
  public String uri() {
    return uri;
  }

  /** The same with a login. */
  public String uri(String login) {
    return "redis://" + login + "@" + endpoint.address();
  }

  /** The port. */
  public int port() {
    return endpoint.address().getPort();
  }

  /** The program that the test's own Redis runs. */
  public Path executable() {
    return Path.of(bundled.orElseThrow().process().info().command().orElseThrow());
  }

  /** A key that nobody else uses. */
  public String freshKey() {
    var key = "ticket-sim-test:" + UUID.randomUUID();
    keys.add(key);
    return key;
  }

  /** Sends one command over a connection of its own; strings, numbers and lists come back. */
  public Object call(String... words) {
    try (var connection = NamedConnections.open(endpoint, TIMEOUT, "ticket-sim-test")) {
      var command = new CommandArguments(() -> words[0].getBytes(StandardCharsets.UTF_8));
      for (var i = 1; i < words.length; i++) {
        command.add(words[i]);
      }
      return readable(connection.executeCommand(command));
    }
  }

  private static Object readable(Object reply) {
    return switch (reply) {
      case null -> "(nil)";
      case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
      case List<?> list -> list.stream().map(RedisServer::readable).toList();
      default -> reply;
    };
  }

  /** How often it has carried out that command. */
  public long commands(String name) {
    return call("INFO", "commandstats")
        .toString()
        .lines()
        .filter(line -> line.startsWith("cmdstat_" + name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".*:calls=([0-9]+).*", "$1")))
        .sum();
  }

  /** The counter under {@code key}. */
  public long counter(String key) {
    return Long.parseLong(call("GET", key).toString());
  }

  /** Whether it is a primary. A Sentinel that makes it one hangs up on all its clients. */
  public boolean isPrimary() {
    try {
      return call("INFO", "replication").toString().contains("role:master");
    } catch (JedisConnectionException _) {
      return false;
    }
  }

  /** Stops the process where it stands; the kernel still accepts connections for it. */
  public void pause() throws Exception {
    bundled.orElseThrow().pause();
  }

  /** Lets a paused process go on. */
  public void resume() throws Exception {
    bundled.orElseThrow().resume();
  }

  /**
   * Waits until a client that asks now has given up, so that all have that asked before with the
   * same timeout.
   */
  public void awaitTimeoutOf(Duration timeout) {
    try (var late = NamedConnections.open(endpoint, timeout, "ticket-sim-test")) {
      throw new AssertionError(endpoint + " answers " + late);
    } catch (JedisConnectionException _) {
      // It is paused, as it should be.
    }
  }

  /** Whether a client is connected whose name begins like this. */
  public boolean serves(String name) {
    return call("CLIENT", "LIST").toString().contains(" name=" + name);
  }

  /** Ends the process as kill -9 does, and waits until nobody listens any more. */
  public void kill() throws Exception {
    bundled.orElseThrow().close();
    Await.until("Redis is gone", () -> !listens(port()));
  }

  /** Starts a new, empty Redis on the port of the one that was killed. */
  public void restart() {
    bundled = Optional.of(BundledRedis.start(port(), System::nanoTime));
  }

  /** Whether anybody on this machine accepts connections on {@code port}. */
  public static boolean listens(int port) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (ConnectException _) {
      return false;
    } catch (SocketException _) {
      // A reset: it was still there when it was asked.
      return true;
    }
  }

  @Override
  public void close() {
    if (bundled.isPresent()) {
      bundled.get().close();
    } else {
      keys.forEach(key -> call("DEL", key));
    }
  }
}
