package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.util.List;
import java.util.OptionalLong;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * {@code DECR}, and {@code INCR} back if that fell below zero. While a refusal is in progress the
 * counter is too low, so its values are not reported.
 */
record DecrIncr(String key) implements Strategy {

  /** What a purchase needs, besides what the preload needs. */
  static List<Right> rights(String key) {
    return List.of(Right.get(key), Right.write("decr", key), Right.write("incr", key));
  }

  @Override
  public Outcome buy(Connection connection) {
    if (Commands.decr(connection, key) >= 0) {
      return new Outcome.Sold(OptionalLong.empty());
    }
    putBack(connection);
    return new Outcome.SoldOut(OptionalLong.empty());
  }

  /** An error here only proves that the counter has drifted. */
  private void putBack(Connection connection) {
    try {
      Commands.whole(connection, new CommandArguments(Command.INCR).key(key));
    } catch (JedisDataException e) {
      throw new IllegalStateException("not put back: " + e.getMessage(), e);
    }
  }
}
