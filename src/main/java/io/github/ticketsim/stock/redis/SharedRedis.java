package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A connection to a Redis through which several processes agree, beside what is sold. For one
 * thread. What goes wrong is a {@link StockUnavailableException}.
 */
public final class SharedRedis implements AutoCloseable {
  private static final long MICROS = 1_000_000;

  private final RedisControl control;

  private SharedRedis(RedisControl control) {
    this.control = control;
  }

  /** Connects and logs in, within {@code timeout} a step, which bounds each reply too. */
  public static SharedRedis connect(RedisEndpoint endpoint, Duration timeout) {
    return new SharedRedis(RedisControl.connect(endpoint, timeout));
  }

  /** The endpoint for messages. */
  public String label() {
    return control.label();
  }

  /** What {@code script}, in Lua, replies on {@code key}: strings. */
  public List<String> run(String script, String key, List<String> arguments) {
    var command =
        new CommandArguments(Command.EVAL)
            .add(script)
            .add(1)
            .key(key)
            .addObjects(arguments.toArray());
    return reply(command) instanceof List<?> list
        ? list.stream().map(SharedRedis::text).toList()
        : List.of();
  }

  private static String text(Object reply) {
    return reply instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "" + reply;
  }

  /** The clock of the server, in microseconds since 1970, rounded down. */
  public long timeMicros() {
    if (reply(new CommandArguments(Command.TIME)) instanceof List<?> time && time.size() == 2) {
      return Long.parseLong(text(time.get(0))) * MICROS + Long.parseLong(text(time.get(1)));
    }
    throw new StockUnavailableException(
        label(), "the reply to TIME is no time", "check the server");
  }

  /** Appends {@code bytes} to the list {@code key}, which goes when {@code lifetime} is over. */
  public void append(String key, byte[] bytes, Duration lifetime) {
    reply(new CommandArguments(Command.RPUSH).key(key).add(bytes));
    reply(new CommandArguments(Command.PEXPIRE).key(key).add(lifetime.toMillis()));
  }

  /** Element {@code index} of the list {@code key}; empty if there is none. */
  public Optional<byte[]> element(String key, long index) {
    return reply(new CommandArguments(Command.LINDEX).key(key).add(index)) instanceof byte[] bytes
        ? Optional.of(bytes)
        : Optional.empty();
  }

  /** Gives the list {@code key} another name. */
  public void rename(String key, String name) {
    reply(new CommandArguments(Command.RENAME).key(key).key(name));
  }

  /** Removes {@code key}. */
  public void delete(String key) {
    reply(new CommandArguments(Command.DEL).key(key));
  }

  private Object reply(CommandArguments command) {
    return attempted(() -> control.reply(command));
  }

  private Object attempted(Supplier<Object> exchange) {
    try {
      var reply = exchange.get();
      return reply == null ? "" : reply;
    } catch (JedisException e) {
      throw control.unavailable(e);
    }
  }

  @Override
  public void close() {
    control.close();
  }
}
