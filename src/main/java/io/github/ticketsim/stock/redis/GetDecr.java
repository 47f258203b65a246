package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.util.List;
import java.util.OptionalLong;
import redis.clients.jedis.Connection;

/** {@code GET}, then {@code DECR} if that was above zero: by then it may not be any more. */
record GetDecr(String key) implements Strategy {

  /** What a purchase needs, besides what the preload needs. */
  static List<Right> rights(String key) {
    return List.of(Right.get(key), Right.write("decr", key));
  }

  @Override
  public Outcome buy(Connection connection) {
    return Commands.get(connection, key) > 0
        ? new Outcome.Sold(OptionalLong.of(Commands.decr(connection, key)))
        : new Outcome.SoldOut(OptionalLong.empty());
  }
}
