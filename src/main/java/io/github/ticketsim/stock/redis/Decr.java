package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/**
 * One {@code DECR}: sold while the reply is not below zero.
 *
 * @param command the same for all purchases, so that it is built once; in a JIT warm-up a harmless
 *     one with a reply of the same type
 */
record Decr(CommandArguments command) implements NumberReply {

  Decr(String key) {
    this(Commands.decr(key));
  }

  /**
   * For the JIT warm-up: {@code EXISTS} replies as if tickets were left, {@code TTL} as if sold
   * out. Neither changes anything.
   */
  static List<PipelinableStrategy> jitWarmUps(String key) {
    return Stream.of(Command.EXISTS, Command.TTL)
        .<PipelinableStrategy>map(command -> new Decr(new CommandArguments(command).key(key)))
        .toList();
  }

  /** What a purchase needs, besides what the preload needs. */
  static List<Right> rights(String key) {
    return List.of(Right.get(key), Right.write("decr", key));
  }

  @Override
  public Outcome buy(Connection connection) {
    return outcome(Commands.whole(connection, command));
  }

  @Override
  public void prepare(Connection connection) {
    // Every Redis knows DECR.
  }

  @Override
  public Optional<CommandArguments> evalFallback() {
    return Optional.empty();
  }

  @Override
  public Outcome outcome(long reply) {
    var left = OptionalLong.of(reply);
    return reply >= 0 ? new Outcome.Sold(left) : new Outcome.SoldOut(left);
  }
}
