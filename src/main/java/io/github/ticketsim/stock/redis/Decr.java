package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/**
 * One {@code DECR}: sold while the reply is not below zero.
 *
 * @param command the same for all, so that it is put together once; in a rehearsal another one that
 *     is answered in the same way
 */
record Decr(CommandArguments command) implements OneCommand {

  Decr(String key) {
    this(Commands.decr(key));
  }

  /**
   * Take nothing: whether the key exists is answered as if there were enough, and when it expires
   * as if nothing were left.
   */
  static List<OneCommand> rehearsals(String key) {
    return Stream.of(Command.EXISTS, Command.TTL)
        .<OneCommand>map(command -> new Decr(new CommandArguments(command).key(key)))
        .toList();
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
