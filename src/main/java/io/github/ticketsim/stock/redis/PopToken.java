package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/** {@code LPOP} of a token; sold out when none is left. */
record PopToken(String key) implements Strategy {

  /** What a purchase needs, besides what the preload needs. */
  static List<Right> rights(String key) {
    return List.of(Right.harmless("llen", key), Right.write("lpop", key));
  }

  @Override
  public Outcome buy(Connection connection) {
    var token = Commands.number(connection, new CommandArguments(Command.LPOP).key(key));
    return token.isPresent() ? new Outcome.Sold(token) : new Outcome.SoldOut(token);
  }
}
