package io.github.ticketsim.stock.redis;

import io.github.ticketsim.sale.OneLine;
import io.github.ticketsim.sale.ShopReply;
import io.github.ticketsim.stock.UnclearReply;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What a Redis replied to a purchase, as far as rules look into it. A number is told from a text of
 * the same digits by nobody; nil reads {@code null}.
 *
 * @param raw as Jedis parsed it; an error is an exception
 * @param values the whole of it with an empty pointer, elements of an array with their numbers
 * @param turnedAway whether it proves that nothing was executed
 */
record RedisReply(@Nullable Object raw, Map<String, String> values, boolean turnedAway)
    implements ShopReply {
  private static final String NIL = "null";
  private static final int MOST_CHARACTERS = 80;

  static RedisReply of(@Nullable Object raw) {
    return new RedisReply(raw, values(raw), false);
  }

  /**
   * @param script whether the purchase is a script of somebody else's
   */
  static RedisReply of(JedisDataException error, boolean script) {
    return new RedisReply(
        error,
        Map.of(),
        script ? NotExecutedError.provesOfScript(error) : NotExecutedError.proves(error));
  }

  private static Map<String, String> values(@Nullable Object raw) {
    if (!(raw instanceof List<?>)) {
      return Map.of("", text(raw));
    }
    var values = new HashMap<String, String>();
    put(values, "", raw);
    return values;
  }

  private static void put(Map<String, String> values, String pointer, @Nullable Object raw) {
    if (raw instanceof List<?> elements) {
      for (var i = 0; i < elements.size(); i++) {
        put(values, pointer + "/" + i, elements.get(i));
      }
    } else {
      values.put(pointer, text(raw));
    }
  }

  /** What is no array, as text. */
  static String text(@Nullable Object raw) {
    return switch (raw) {
      case null -> NIL;
      case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
      case JedisDataException error -> String.valueOf(error.getMessage());
      case Object other -> other.toString();
    };
  }

  @Override
  public Optional<String> error() {
    return raw instanceof JedisDataException error
        ? Optional.of(String.valueOf(error.getMessage()))
        : Optional.empty();
  }

  @Override
  public int status() {
    return 0;
  }

  @Override
  public String type() {
    return "";
  }

  @Override
  public Optional<String> problem() {
    return Optional.empty();
  }

  @Override
  public String start() {
    return shown(MOST_CHARACTERS);
  }

  /** As one line of at most so many characters. */
  String shown(int characters) {
    return OneLine.clip(
        error().map(words -> UnclearReply.ERROR + words).orElseGet(() -> shown(raw)), characters);
  }

  private static String shown(@Nullable Object raw) {
    return raw instanceof List<?> elements
        ? elements.stream().map(RedisReply::shown).collect(Collectors.joining(", ", "[", "]"))
        : text(raw);
  }
}
