package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.util.OptionalLong;
import redis.clients.jedis.Connection;

/** Check and decrement in one script, which Redis runs without anything in between. */
record Lua(String key) implements Strategy {
  private static final Script TAKE_ONE =
      Script.of(
          """
          local left = tonumber(redis.call('GET', KEYS[1]))
          if left == nil then
            return redis.error_reply('ERR the key is gone or holds no number')
          end
          if left <= 0 then
            return -1
          end
          return redis.call('DECR', KEYS[1])
          """);

  @Override
  public Outcome buy(Connection connection) {
    var left = TAKE_ONE.run(connection, key);
    return left >= 0
        ? new Outcome.Sold(OptionalLong.of(left))
        : new Outcome.SoldOut(OptionalLong.empty());
  }
}
