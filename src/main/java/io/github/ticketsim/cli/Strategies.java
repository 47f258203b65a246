package io.github.ticketsim.cli;

import io.github.ticketsim.stock.redis.RedisStrategy;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/**
 * Strategies by the names that users type: one, several with commas between, or {@code all}.
 *
 * @param chosen never empty
 */
record Strategies(List<RedisStrategy> chosen) {
  static final String ALL = "all";

  /** All that can be typed, for a completion script. */
  static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(
              Stream.of(RedisStrategy.values()).map(RedisStrategy::wireName), Stream.of(ALL))
          .iterator();
    }
  }

  /** What the help says of them. */
  static final class HelpWords extends ListResourceBundle {
    @Override
    protected Object[][] getContents() {
      return new Object[][] {
        {"strategies.sound", names(RedisStrategy::sound)},
        {"strategies.broken", names(strategy -> !strategy.sound())},
        {"strategies.pipelined", names(RedisStrategy::pipelines)}
      };
    }
  }

  static Strategies parse(String text) {
    return new Strategies(
        text.equals(ALL)
            ? List.of(RedisStrategy.values())
            : Arrays.stream(text.split(",", -1)).map(Strategies::parseOne).toList());
  }

  static RedisStrategy parseOne(String text) {
    return Arrays.stream(RedisStrategy.values())
        .filter(strategy -> strategy.wireName().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () -> new TypeConversionException("'" + text + "' is none of " + names(_ -> true)));
  }

  /** Those that are so, with commas between. */
  static String names(Predicate<RedisStrategy> so) {
    return Arrays.stream(RedisStrategy.values())
        .filter(so)
        .map(RedisStrategy::wireName)
        .collect(Collectors.joining(", "));
  }
}
