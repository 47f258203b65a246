package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.util.OptionalLong;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;

/**
 * One {@code DECR}: sold while the reply is not below zero.
 *
 * @param command the same for all, so that it is put together once
 */
record Decr(CommandArguments command) implements OneCommand {

  Decr(String key) {
    this(Commands.decr(key));
  }

  @Override
  public Outcome buy(Connection connection) {
    return outcome(Commands.whole(connection, command));
  }

  @Override
  public void prepare(Connection connection) {
    // Redis knows DECR.
  }

  @Override
  public CommandArguments inFull() {
    return command;
  }

  @Override
  public Outcome outcome(long reply) {
    var left = OptionalLong.of(reply);
    return reply >= 0 ? new Outcome.Sold(left) : new Outcome.SoldOut(left);
  }
}
