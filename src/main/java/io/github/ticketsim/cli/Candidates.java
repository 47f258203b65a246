package io.github.ticketsim.cli;

import io.github.ticketsim.stock.redis.RedisStrategy;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** What a completion script offers where the type of an option does not tell. */
final class Candidates {

  private Candidates() {}

  /** Every strategy, and all of them. */
  static final class OfStrategies implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(
              Stream.of(RedisStrategy.values()).map(RedisStrategy::word), Stream.of(Strategies.ALL))
          .iterator();
    }
  }

  /** An example of each fault, which can be used as it is. */
  static final class OfFaults implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of(
              "drop-reply:1%",
              "reset:1%",
              "cut-request:1%",
              "delay:10%:50ms",
              "kill@50%",
              "pause@50%:1s",
              "power-loss@50%",
              "failover@50%")
          .iterator();
    }
  }
}
