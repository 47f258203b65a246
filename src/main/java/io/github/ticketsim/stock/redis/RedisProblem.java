package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * What went wrong with Redis, and what to do about it.
 *
 * @param words Redis' own, where it answered, else ours
 * @param cure one clause
 */
record RedisProblem(String words, String cure) {

  private static final int MOST_CHARACTERS = 160;
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");
  private static final String START_ONE =
      "start one with `docker compose up -d` or `ticket-sim redis`, or pass --embedded";
  private static final String CHECK_ADDRESS =
      "check the address in --redis (redis:// for a plain port, rediss:// for TLS), or raise"
          + " --timeout";
  private static final String CHECK_TLS =
      "use rediss:// for a TLS port with a certificate that Java trusts, redis:// for a plain port";

  /** Diagnoses an exception of Jedis from its causes. */
  static RedisProblem of(JedisException exception) {
    return find(exception, JedisDataException.class)
        .map(refusal -> refused(words(refusal)))
        .or(() -> find(exception, UnknownHostException.class).map(_ -> unknownHost()))
        .or(() -> find(exception, SSLException.class).map(e -> tls(oneLine(e))))
        .or(() -> find(exception, SocketTimeoutException.class).map(_ -> silent()))
        .or(() -> find(exception, ConnectException.class).map(_ -> notListening()))
        .or(() -> find(exception, NoRouteToHostException.class).map(_ -> notListening()))
        .orElseGet(() -> new RedisProblem(oneLine(exception), CHECK_TLS));
  }

  private static RedisProblem unknownHost() {
    return new RedisProblem("host name unknown", "check the address in --redis");
  }

  private static RedisProblem tls(String words) {
    return new RedisProblem("TLS failed: " + words, CHECK_TLS);
  }

  private static RedisProblem silent() {
    return new RedisProblem("no answer in time", CHECK_ADDRESS);
  }

  private static RedisProblem notListening() {
    return new RedisProblem("nobody listens there", START_ONE);
  }

  /** By the error code with which Redis begins a refusal. */
  private static RedisProblem refused(String words) {
    var code = words.split(" ", 2)[0];
    var cure =
        switch (code) {
          case "WRONGPASS", "NOAUTH" ->
              "put user and password into --redis redis://user:password@host:port";
          case "NOPERM" -> "grant it with ACL SETUSER, or log in as another user";
          case "WRONGTYPE" -> "pass --stock N to overwrite the key, or choose another --key";
          case "READONLY" -> "point --redis at the primary";
          case "MOVED", "ASK", "CLUSTERDOWN" ->
              "point --redis at a standalone Redis, clusters are not supported";
          case "OOM" -> "raise maxmemory of that Redis";
          case "LOADING" -> "wait until it has loaded its data";
          default ->
              words.contains("max number of clients")
                  ? "lower --pool, or raise maxclients of that Redis"
                  : "see the log of that Redis";
        };
    return new RedisProblem(words, cure);
  }

  StockUnavailableException at(RedisEndpoint endpoint) {
    return new StockUnavailableException(endpoint.label(), words, cure);
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

  private static <T extends Throwable> Optional<T> find(Throwable exception, Class<T> type) {
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
