package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * What went wrong with Redis, and what to do about it.
 *
 * @param words Redis' own if it answered, else ours
 * @param cure one clause
 * @param certain false if a {@link SecondLook} may find out more
 */
record RedisProblem(String words, String cure, boolean certain) {

  private static final int MOST_CHARACTERS = 160;
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");
  private static final String START_ONE =
      "start one with `docker compose up -d` or `ticket-sim redis`, or pass --embedded";
  private static final String CHECK_ADDRESS =
      "check the address in --redis (redis:// for a plain port, rediss:// for TLS), or raise"
          + " --timeout";
  private static final String CHECK_SOCKET =
      "let this user write to the socket (unixsocketperm of that Redis)";
  private static final String CHECK_TLS =
      "use rediss:// for a TLS port with a certificate that is trusted (--tls-ca), redis:// for a"
          + " plain port";

  /** Where a Redis Cluster says that another node has the slot. */
  private static final Pattern MOVED = Pattern.compile("MOVED \\d+ (\\S*):(\\d+)");

  RedisProblem(String words, String cure) {
    this(words, cure, true);
  }

  /** Diagnoses an exception of Jedis at {@code endpoint} from its causes. */
  static RedisProblem of(JedisException exception, RedisEndpoint endpoint) {
    var tls = endpoint.tls().orElse(Tls.JAVA);
    return find(exception, JedisDataException.class)
        .map(refusal -> refused(words(refusal)))
        .or(() -> find(exception, UnknownHostException.class).map(_ -> unknownHost()))
        .or(() -> find(exception, SSLException.class).map(tls::problem))
        .or(() -> find(exception, SocketTimeoutException.class).map(_ -> silent()))
        .or(() -> find(exception, ConnectException.class).map(_ -> notListening()))
        .or(() -> find(exception, NoRouteToHostException.class).map(_ -> notListening()))
        .orElseGet(
            () ->
                endpoint.socket().isPresent()
                    ? new RedisProblem(oneLine(exception), CHECK_SOCKET)
                    : uncertain(oneLine(exception)));
  }

  private static RedisProblem unknownHost() {
    return new RedisProblem("host name unknown", "check the address in --redis");
  }

  private static RedisProblem silent() {
    return new RedisProblem("no answer in time", CHECK_ADDRESS, false);
  }

  static RedisProblem uncertain(String words) {
    return new RedisProblem(words, CHECK_TLS, false);
  }

  static RedisProblem noTls() {
    return new RedisProblem(
        "the server speaks no TLS there", "write redis:// for a plain port in --redis");
  }

  static RedisProblem onlyTls() {
    return new RedisProblem(
        "the server speaks only TLS there", "write rediss:// for a TLS port in --redis");
  }

  /**
   * @param primaries that it watches
   */
  static RedisProblem sentinel(List<String> primaries) {
    return new RedisProblem(
        "this is a Sentinel, which sells nothing",
        primaries.isEmpty()
            ? "pass --redis the primary that it watches"
            : "pass --redis the primary that it watches: " + String.join(", ", primaries));
  }

  private static RedisProblem notListening() {
    return new RedisProblem("nobody listens there", START_ONE);
  }

  /** By the error code with which Redis begins a refusal. */
  static RedisProblem refused(String words) {
    var cure =
        switch (words.split(" ", 2)[0]) {
          case "WRONGPASS", "NOAUTH" ->
              "put user and password into --redis redis://user:password@host:port, or pass"
                  + " --password-file";
          case "DENIED" ->
              "give that Redis a password (requirepass) and pass it in --redis, or run ticket-sim"
                  + " on the machine of that Redis";
          case "NOPERM" -> "grant it with ACL SETUSER, or log in as another user";
          case "WRONGTYPE" -> "pass --stock N to overwrite the key, or choose another --key";
          case "READONLY" -> "point --redis at the primary";
          case "MASTERDOWN" -> "point --redis at the primary, or wait until it is back";
          case "ASK", "TRYAGAIN" -> "wait until the cluster has moved the slot of that key";
          case "CLUSTERDOWN" -> "repair the cluster: CLUSTER INFO tells what it lacks";
          case "OOM" -> "raise maxmemory of that Redis";
          case "LOADING" -> "wait until it has loaded its data";
          case "BUSY" -> "wait until that script ends, or end it with SCRIPT KILL";
          case "NOREPLICAS" -> "start its replicas, or lower min-replicas-to-write";
          case "MISCONF" -> "see the log of that Redis";
          default -> cureOfAnError(words);
        };
    return new RedisProblem(words, cure);
  }

  /** Most errors have no code of their own. */
  private static String cureOfAnError(String words) {
    if (words.contains("max number of clients")) {
      return "lower --pool, or raise maxclients of that Redis";
    }
    if (words.contains("without any password configured")) {
      return "leave the password out of --redis, or give that Redis one (requirepass)";
    }
    if (words.contains("SELECT is not allowed in cluster mode")) {
      return "leave the database out of --redis, a cluster has database 0 alone";
    }
    if (words.contains("DB index is out of range")) {
      return "lower the database in --redis, or raise databases of that Redis";
    }
    if (words.startsWith("ERR unknown command")) {
      return "point --redis at a Redis that knows it: not a Sentinel, not a proxy, and no"
          + " rename-command";
    }
    return "that is its own word; change it there, or pass another --redis";
  }

  /** Whether the server was reached, and TLS with it failed. */
  boolean aboutTls() {
    return words.contains("TLS") || words.contains("certificate");
  }

  StockUnavailableException at(RedisEndpoint endpoint) {
    var moved = MOVED.matcher(words);
    return new StockUnavailableException(
        endpoint.label(), words, moved.matches() ? follow(moved, endpoint) : cure);
  }

  /** A node that does not know its own name leaves the host out: it is that of the same node. */
  private static String follow(MatchResult moved, RedisEndpoint endpoint) {
    var host = moved.group(1).isEmpty() ? endpoint.host() : moved.group(1);
    return "that node of the cluster has the key: pass --redis %s, with the same login"
        .formatted(endpoint.uriOf(host, moved.group(2)));
  }

  /** The message of an exception in one line of bounded length. */
  static String words(Throwable exception) {
    var message = exception.getMessage();
    return message == null ? exception.getClass().getSimpleName() : clip(message);
  }

  /** Why a connection failed, as short as it can be said. */
  static String oneLine(Throwable exception) {
    return causes(exception).map(RedisProblem::words).reduce((_, last) -> last).orElseThrow();
  }

  private static String clip(String message) {
    var line = BLANKS.matcher(message.strip()).replaceAll(" ");
    return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "...";
  }

  static <T extends Throwable> Optional<T> find(Throwable exception, Class<T> type) {
    return causes(exception).filter(type::isInstance).map(type::cast).findFirst();
  }

  /** The exception, its causes and what they suppress; Jedis hides connect failures in the last. */
  private static Stream<Throwable> causes(Throwable exception) {
    return Stream.concat(
        Stream.of(exception),
        Stream.concat(
                Optional.ofNullable(exception.getCause()).stream(),
                Arrays.stream(exception.getSuppressed()))
            .flatMap(RedisProblem::causes));
  }
}
