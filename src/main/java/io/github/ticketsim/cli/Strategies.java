package io.github.ticketsim.cli;

import io.github.ticketsim.stock.redis.RedisStrategy;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.stream.Stream;

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
        {"strategies.sound", RedisStrategy.names(RedisStrategy::sound)},
        {"strategies.broken", RedisStrategy.names(strategy -> !strategy.sound())},
        {"strategies.pipelined", RedisStrategy.names(RedisStrategy::pipelines)}
      };
    }
  }

  static Strategies parse(String text) {
    return new Strategies(
        text.equals(ALL)
            ? List.of(RedisStrategy.values())
            : Arrays.stream(text.split(",", -1)).map(RedisStrategy::parse).toList());
  }
}
