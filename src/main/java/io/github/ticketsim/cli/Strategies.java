package io.github.ticketsim.cli;

import io.github.ticketsim.stock.redis.RedisStrategy;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/** The strategies by the names that users type. */
final class Strategies {

  private Strategies() {}

  static RedisStrategy parse(String text) {
    return Arrays.stream(RedisStrategy.values())
        .filter(strategy -> strategy.word().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of " + names()));
  }

  private static String names() {
    return Arrays.stream(RedisStrategy.values())
        .map(RedisStrategy::word)
        .collect(Collectors.joining(", "));
  }
}
