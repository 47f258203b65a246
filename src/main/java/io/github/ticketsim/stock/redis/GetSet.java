package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.util.List;
import java.util.OptionalLong;
import redis.clients.jedis.Connection;

/** {@code GET}, then {@code SET} one less: two buyers who read the same value both sell it. */
record GetSet(String key) implements Strategy {

  /** What a purchase needs, besides what the preload needs. */
  static List<Right> rights(String key) {
    return List.of(Right.get(key), Right.write("set", key, "0"));
  }

  @Override
  public Outcome buy(Connection connection) {
    var left = Commands.get(connection, key);
    if (left <= 0) {
      return new Outcome.SoldOut(OptionalLong.empty());
    }
    Commands.set(connection, key, left - 1);
    return new Outcome.Sold(OptionalLong.of(left - 1));
  }
}
