package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.time.Duration;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Buys as another strategy does, then waits until enough replicas have the purchase ({@code WAIT}).
 * With too few the purchase has happened, but a failover may undo it: indeterminate.
 *
 * @param replicas that must acknowledge
 * @param limit how long to wait for them
 */
record Replicated(Strategy strategy, int replicas, Duration limit) implements Strategy {

  @Override
  public Outcome buy(Connection connection) {
    var outcome = strategy.buy(connection);
    return changedTheStock(outcome) ? confirmed(connection, outcome) : outcome;
  }

  /** What a reply that is an error has changed is not confirmed. */
  @Override
  public Outcome declined(JedisDataException error) {
    var outcome = strategy.declined(error);
    return changedTheStock(outcome)
        ? new Outcome.Indeterminate("no replica was asked: " + RedisProblem.words(error))
        : outcome;
  }

  private static boolean changedTheStock(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Sold _ -> true;
      case Outcome.SoldOut(var value) -> value.isPresent();
      case Outcome.Limited(var value) -> value.isPresent();
      case Outcome.Failed _, Outcome.Indeterminate _ -> false;
    };
  }

  private Outcome confirmed(Connection connection, Outcome outcome) {
    try {
      var confirmed =
          Commands.whole(
              connection, new CommandArguments(Command.WAIT).add(replicas).add(limit.toMillis()));
      return confirmed >= replicas
          ? outcome
          : new Outcome.Indeterminate("%d of %d replicas have it".formatted(confirmed, replicas));
    } catch (JedisDataException e) {
      // The purchase itself was executed.
      return new Outcome.Indeterminate(RedisProblem.words(e));
    }
  }
}
