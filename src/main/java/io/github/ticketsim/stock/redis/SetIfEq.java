package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.util.List;
import java.util.OptionalLong;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/**
 * Compare and set: {@code GET}, then {@code SET} one less if the key still holds what was read
 * ({@code IFEQ}); try again if it does not.
 */
record SetIfEq(String key) implements Strategy {
  private static final int MOST_TRIES = 1_000;
  private static final String IF_EQUAL = "IFEQ";

  /** What a purchase needs, besides what the preload needs. */
  static List<Right> rights(String key) {
    return List.of(Right.get(key), Right.setIfItHolds(key, IF_EQUAL));
  }

  @Override
  public Outcome buy(Connection connection) {
    for (var tried = 0; tried < MOST_TRIES; tried++) {
      var left = Commands.get(connection, key);
      if (left <= 0) {
        return new Outcome.SoldOut(OptionalLong.empty());
      }
      var set = new CommandArguments(Command.SET).key(key).add(left - 1).add(IF_EQUAL).add(left);
      if (Commands.done(connection, set)) {
        return new Outcome.Sold(OptionalLong.of(left - 1));
      }
    }
    return new Outcome.Failed("others were faster " + MOST_TRIES + " times");
  }
}
