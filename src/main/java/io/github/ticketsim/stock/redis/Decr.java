package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.util.OptionalLong;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;

/** One {@code DECR}: sold while the reply is not below zero. */
record Decr(String key) implements OneCommand {

  @Override
  public Outcome buy(Connection connection) {
    return outcome(Commands.whole(connection, command()));
  }

  @Override
  public void prepare(Connection connection) {
    // Redis knows DECR.
  }

  @Override
  public CommandArguments command() {
    return Commands.decr(key);
  }

  @Override
  public CommandArguments inFull() {
    return command();
  }

  @Override
  public Outcome outcome(long reply) {
    var left = OptionalLong.of(reply);
    return reply >= 0 ? new Outcome.Sold(left) : new Outcome.SoldOut(left);
  }
}
