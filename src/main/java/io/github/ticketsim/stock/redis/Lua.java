package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;

/** Check and decrement in one script, which Redis runs without anything in between. */
record Lua(String key) implements NumberReply {
  /** The error of the script if the key holds no stock. */
  static final String NO_STOCK = "ERR the key is gone or holds no number";

  private static final Script TAKE_ONE =
      Script.of(
          """
          local left = tonumber(redis.call('GET', KEYS[1]))
          if left == nil then
            return redis.error_reply('%s')
          end
          if left <= 0 then
            return -1
          end
          return redis.call('DECR', KEYS[1])
          """
              .formatted(NO_STOCK));

  /** What a purchase needs, besides what the preload needs. */
  static List<Right> rights(String key) {
    return Stream.concat(Decr.rights(key).stream(), Right.script(key).stream()).toList();
  }

  @Override
  public Outcome buy(Connection connection) {
    return outcome(TAKE_ONE.run(connection, key));
  }

  @Override
  public void prepare(Connection connection) {
    TAKE_ONE.load(connection);
  }

  @Override
  public CommandArguments command() {
    return TAKE_ONE.byDigest(key);
  }

  @Override
  public Optional<CommandArguments> evalFallback() {
    return Optional.of(TAKE_ONE.evalFallback(key));
  }

  @Override
  public Outcome outcome(long reply) {
    return reply >= 0
        ? new Outcome.Sold(OptionalLong.of(reply))
        : new Outcome.SoldOut(OptionalLong.empty());
  }
}
