package io.github.ticketsim.stock.redis;

import io.github.ticketsim.sale.OneLine;
import io.github.ticketsim.stock.StockUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Protocol.Keyword;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** One connection beside the pool, for everything but buying. */
public final class RedisControl implements AutoCloseable {
  /** For servers that answer at once if they answer at all. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  private static final String NAME = "ticket-sim-control";
  private static final String UNKNOWN = "Redis of unknown version";
  private static final List<String> FORKS = List.of("Valkey", "Dragonfly", "Kvrocks", "Garnet");
  private static final Pattern NO_DIGITS = Pattern.compile("^[^0-9]+");
  private static final Pattern REPLICA =
      Pattern.compile("^slave[0-9]+:.*state=online,offset=([0-9]+)");
  private static final Pattern COMMAND_CALLS =
      Pattern.compile("^cmdstat_(?!info|client|auth|select|ping|script)[^:]*:calls=(\\d+)");

  private final RedisEndpoint endpoint;
  private final Duration timeout;
  private final Connection connection;

  /** Empty if another server that this one names is not asked. */
  private final Optional<OtherNodes> others;

  private RedisControl(
      RedisEndpoint endpoint,
      Duration timeout,
      Connection connection,
      Optional<OtherNodes> others) {
    this.endpoint = endpoint;
    this.timeout = timeout;
    this.connection = connection;
    this.others = others;
  }

  /**
   * Connects and logs in.
   *
   * @throws StockUnavailableException when that is not possible within {@code timeout} a step
   */
  public static RedisControl connect(RedisEndpoint endpoint, Duration timeout) {
    return connect(endpoint, timeout, Optional.empty());
  }

  /**
   * The same.
   *
   * @throws JedisException when that is not possible
   */
  static RedisControl open(RedisEndpoint endpoint, Duration timeout) {
    var connection = NamedConnections.open(endpoint, timeout, NAME);
    return new RedisControl(endpoint, timeout, connection, Optional.empty());
  }

  /**
   * The same for nodes of a cluster that sell. Commands with a key go to the node that has it.
   *
   * @param primaries the first of which is asked first
   */
  static RedisControl connect(List<RedisEndpoint> primaries, Duration timeout) {
    return connect(
        primaries.getFirst(), timeout, Optional.of(new OtherNodes(primaries, timeout, NAME)));
  }

  private static RedisControl connect(
      RedisEndpoint endpoint, Duration timeout, Optional<OtherNodes> others) {
    try {
      var connection = NamedConnections.open(endpoint, timeout, NAME);
      return new RedisControl(endpoint, timeout, connection, others);
    } catch (JedisException e) {
      throw new SecondLook(endpoint, timeout).at(e);
    }
  }

  /** The server's name and version, such as {@code Redis 7.0.15}, and what is not sure of it. */
  public String server() {
    var doubt = endpoint.tls().map(Tls::words).orElse("");
    try {
      return name(text(new CommandArguments(Command.INFO).add("server")).orElse("")) + doubt;
    } catch (JedisDataException _) {
      return UNKNOWN + doubt;
    } catch (JedisException e) {
      throw new SecondLook(endpoint, timeout).at(e);
    }
  }

  /** Forks tell the version of Redis too that they are like, for the sake of old clients. */
  private static String name(String info) {
    for (var fork : FORKS) {
      var version = field(info, fork.toLowerCase(Locale.ROOT) + "_version");
      if (version.isPresent()) {
        return fork + " " + NO_DIGITS.matcher(version.get()).replaceFirst("");
      }
    }
    var keyDb = field(info, "executable").filter(path -> path.endsWith("keydb-server"));
    return field(info, "redis_version")
        .map(version -> (keyDb.isPresent() ? "KeyDB " : "Redis ") + version)
        .orElse(UNKNOWN);
  }

  /**
   * Sets the stock, in the form that {@code strategy} sells from.
   *
   * @return what the key held before, as text; empty if it did not exist
   * @throws StockUnavailableException when Redis refuses or does not answer
   */
  public Optional<String> preload(RedisStrategy strategy, String key, long stock) {
    try {
      var encoding = strategy.encoding(key);
      var old = held(encoding);
      encoding.preload(connection, stock);
      return old;
    } catch (JedisException e) {
      throw new SecondLook(endpoint, timeout).at(e);
    }
  }

  private Optional<String> held(StockEncoding encoding) {
    try {
      return encoding.held(connection);
    } catch (JedisDataException e) {
      if (wrongType(e)) {
        return Optional.of("(another type)");
      }
      throw e;
    }
  }

  private static boolean wrongType(JedisDataException refusal) {
    return RedisProblem.words(refusal).startsWith("WRONGTYPE");
  }

  /**
   * Makes sure that a preload replaces nothing but tickets.
   *
   * @throws StockUnavailableException when the key holds a type that {@code strategy} does not sell
   */
  public void requireReplaceable(RedisStrategy strategy, String key) {
    try {
      var _ = strategy.encoding(key).held(connection);
    } catch (JedisDataException e) {
      if (!wrongType(e)) {
        throw new SecondLook(endpoint, timeout).at(e);
      }
      throw new StockUnavailableException(
          endpoint.label(),
          "key '" + key + "' holds " + type(key) + ", which " + strategy + " does not sell",
          "pass --force to replace it, or choose another --key");
    } catch (JedisException e) {
      throw new SecondLook(endpoint, timeout).at(e);
    }
  }

  private String type(String key) {
    try {
      return connection.executeCommand(new CommandArguments(Command.TYPE).key(key))
              instanceof byte[] type
          ? "a " + new String(type, StandardCharsets.UTF_8)
          : "another type";
    } catch (JedisDataException _) {
      return "another type";
    }
  }

  /**
   * Makes sure that {@code key} holds tickets.
   *
   * @return how many tickets are left
   * @throws StockUnavailableException when the key is missing or holds no tickets
   */
  public long requireStock(RedisStrategy strategy, String key) {
    try {
      var encoding = strategy.encoding(key);
      var held = encoding.held(connection);
      var left = encoding.left(connection);
      if (held.isEmpty()) {
        throw new StockUnavailableException(
            endpoint.label(),
            "key '" + key + "' does not exist",
            "run `ticket-sim preload --stock N` first, or pass --stock N");
      }
      if (left.isEmpty()) {
        throw new StockUnavailableException(
            endpoint.label(),
            "key '"
                + key
                + "' holds '"
                + OneLine.clip(held.get(), 40)
                + "', which is no 64-bit whole number",
            "pass --stock N to overwrite it, or choose another --key");
      }
      return left.getAsLong();
    } catch (JedisException e) {
      throw new SecondLook(endpoint, timeout).at(e);
    }
  }

  /** How many tickets are left, empty if the key holds none in that encoding. */
  public OptionalLong left(RedisStrategy strategy, String key) {
    return strategy.encoding(key).left(connection);
  }

  /**
   * How many commands the server has executed since it started, those inside scripts too, without
   * what belongs to connections and not to purchases. Empty if it does not tell.
   */
  public OptionalLong commands() {
    try {
      var stats = text(new CommandArguments(Command.INFO).add("commandstats"));
      var calls =
          stats
              .orElse("")
              .lines()
              .map(COMMAND_CALLS::matcher)
              .filter(Matcher::find)
              .mapToLong(match -> Long.parseLong(match.group(1)))
              .summaryStatistics();
      // A server that keeps its statistics to itself has not executed nothing.
      return calls.getCount() == 0 ? OptionalLong.empty() : OptionalLong.of(calls.getSum());
    } catch (JedisException _) {
      return OptionalLong.empty();
    }
  }

  /** Makes a replica a primary. */
  public void promote() {
    connection.executeCommand(
        new CommandArguments(Command.REPLICAOF).add(Keyword.NO).add(Keyword.ONE));
  }

  /** How many replicas have received all that this server has written. */
  public long replicasInStep() {
    var info = text(new CommandArguments(Command.INFO).add("replication")).orElse("");
    var written = field(info, "master_repl_offset").orElse("");
    return info.lines()
        .map(REPLICA::matcher)
        .filter(replica -> replica.find() && replica.group(1).equals(written))
        .count();
  }

  /** Whether the append-only file is being forced to the disk at this moment. */
  public boolean forcing() {
    var info = text(new CommandArguments(Command.INFO).add("persistence")).orElse("");
    return !field(info, "aof_pending_bio_fsync").orElse("0").equals("0");
  }

  /**
   * How many connections of the server carry {@code clientName}. Empty if it does not show the one
   * that asks, because then it may not show others either.
   */
  OptionalLong connectionsNamed(String clientName) {
    var list = text(new CommandArguments(Command.CLIENT).add(Keyword.LIST)).orElse("");
    return named(NAME, list) == 0 ? OptionalLong.empty() : OptionalLong.of(named(clientName, list));
  }

  private static long named(String clientName, String list) {
    return list.lines().filter(line -> line.contains(" name=" + clientName + " ")).count();
  }

  /** The reply to {@code command}; null for none. */
  @Nullable Object reply(CommandArguments command) {
    try {
      return connection.executeCommand(command);
    } catch (JedisRedirectionException e) {
      if (others.isEmpty()) {
        throw e;
      }
      return others.get().follow(endpoint, e, command);
    }
  }

  /** The same of a command without a key, which is for each server that sells. */
  @Nullable Object replyOfAll(CommandArguments command) {
    var first = reply(command);
    others.ifPresent(nodes -> nodes.tell(endpoint, command));
    return first;
  }

  /**
   * The reply to a command of an operator, as text.
   *
   * @throws StockUnavailableException when Redis refuses or does not answer
   */
  public String tell(String... words) {
    try {
      var command = new CommandArguments(() -> words[0].getBytes(StandardCharsets.UTF_8));
      Stream.of(words).skip(1).forEach(command::add);
      return RedisReply.text(reply(command));
    } catch (JedisException e) {
      throw unavailable(e);
    }
  }

  /** A failure of Redis, with what can be found out about it. */
  StockUnavailableException unavailable(JedisException failure) {
    return new SecondLook(endpoint, timeout).at(failure);
  }

  /** The endpoint for messages. */
  String label() {
    return endpoint.label();
  }

  /** A section of INFO; blank if the server does not tell. */
  String info(String section) {
    try {
      return text(new CommandArguments(Command.INFO).add(section)).orElse("");
    } catch (JedisDataException _) {
      return "";
    }
  }

  private Optional<String> text(CommandArguments command) {
    return connection.executeCommand(command) instanceof byte[] bytes
        ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /** What a section of INFO says of {@code name}. */
  static Optional<String> field(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1))
        .findFirst();
  }

  @Override
  public void close() {
    OtherNodes.close(connection);
    others.ifPresent(OtherNodes::close);
  }
}
