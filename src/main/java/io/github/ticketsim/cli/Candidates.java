package io.github.ticketsim.cli;

import io.github.ticketsim.fault.FaultSpecs;
import io.github.ticketsim.stock.redis.RedisStrategy;
import java.util.Iterator;
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

  /** An example of each fault. */
  static final class OfFaults implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return FaultSpecs.examples().iterator();
    }
  }
}
