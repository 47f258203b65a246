package io.github.ticketsim.cli;

import io.github.ticketsim.stock.redis.RedisStrategy;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/**
 * Strategies by the names that users type: one, several with commas between, or {@code all}.
 *
 * @param chosen never empty
 */
record Strategies(List<RedisStrategy> chosen) {
  static final String ALL = "all";

  static Strategies parse(String text) {
    return new Strategies(
        text.equals(ALL)
            ? List.of(RedisStrategy.values())
            : Arrays.stream(text.split(",", -1)).map(Strategies::parseOne).toList());
  }

  static RedisStrategy parseOne(String text) {
    return Arrays.stream(RedisStrategy.values())
        .filter(strategy -> strategy.word().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () -> new TypeConversionException("'" + text + "' is none of " + names(_ -> true)));
  }

  /** Those that are so, with commas between. */
  static String names(Predicate<RedisStrategy> so) {
    return Arrays.stream(RedisStrategy.values())
        .filter(so)
        .map(RedisStrategy::word)
        .collect(Collectors.joining(", "));
  }
}
