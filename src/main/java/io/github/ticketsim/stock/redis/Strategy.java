package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;

/** A way to take one ticket out of Redis. Used by many threads at once. */
@FunctionalInterface
interface Strategy {

  /**
   * Tries to buy one ticket over {@code connection}.
   *
   * @throws JedisDataException when the answer was an error: nothing was taken if it is a {@link
   *     NotExecutedError}
   * @throws RuntimeException when it is not known what became of the attempt
   */
  Outcome buy(Connection connection);

  /** What an error says of the purchase that it answers. */
  default Outcome declined(JedisDataException error) {
    return NotExecutedError.outcome(error);
  }
}
