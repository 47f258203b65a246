package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import java.util.OptionalLong;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/** One {@code DECR}: sold while the reply is not below zero. */
final class Decr implements Strategy {
  private final CommandArguments command;

  Decr(String key) {
    command = new CommandArguments(Command.DECR).key(key);
  }

  @Override
  public String name() {
    return "decr";
  }

  @Override
  public Model model() {
    return Model.COUNTER;
  }

  @Override
  public Outcome buy(Connection connection) {
    if (!(connection.executeCommand(command) instanceof Long value)) {
      throw new IllegalStateException("the reply to DECR is no number");
    }
    return value >= 0
        ? new Outcome.Sold(OptionalLong.of(value))
        : new Outcome.SoldOut(OptionalLong.of(value));
  }
}
