package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.util.OptionalLong;
import redis.clients.jedis.Connection;

/** One {@code DECR}: sold while the reply is not below zero. */
record Decr(String key) implements Strategy {

  @Override
  public Outcome buy(Connection connection) {
    var left = OptionalLong.of(Commands.decr(connection, key));
    return left.getAsLong() >= 0 ? new Outcome.Sold(left) : new Outcome.SoldOut(left);
  }
}
