package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import redis.clients.jedis.Connection;

/** A way to take one ticket out of Redis. */
interface Strategy {

  /** The name by which the user chooses it. */
  String name();

  /** What its replies promise. */
  Model model();

  /**
   * Tries to buy one ticket over {@code connection}.
   *
   * @throws redis.clients.jedis.exceptions.JedisDataException when Redis answered with an error
   * @throws RuntimeException when it is not known what became of the attempt
   */
  Outcome buy(Connection connection);
}
