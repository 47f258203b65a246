package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import redis.clients.jedis.Connection;

/** A way to take one ticket out of Redis. Used by many threads at once. */
@FunctionalInterface
interface Strategy {

  /**
   * Tries to buy one ticket over {@code connection}.
   *
   * @throws redis.clients.jedis.exceptions.JedisDataException when the answer was an error: nothing
   *     was taken if it is a {@link NotExecutedError}
   * @throws RuntimeException when it is not known what became of the attempt
   */
  Outcome buy(Connection connection);
}
