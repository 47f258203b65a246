package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.util.OptionalLong;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/** Takes nothing: asks whether the key exists, which Redis answers by a number as it does DECR. */
record Exists(CommandArguments command) implements Strategy {

  Exists(String key) {
    this(new CommandArguments(Command.EXISTS).key(key));
  }

  @Override
  public Outcome buy(Connection connection) {
    return new Outcome.SoldOut(OptionalLong.of(Commands.whole(connection, command)));
  }
}
