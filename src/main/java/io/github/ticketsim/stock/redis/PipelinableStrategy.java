package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;

/**
 * A strategy that is one command with a number for a reply, so that purchases of many buyers may
 * follow each other on one connection.
 */
interface PipelinableStrategy extends Strategy {

  /** Tells the server of a new {@code connection} what it must know beforehand. */
  void prepare(Connection connection);

  /** What to send; the same for every purchase. */
  CommandArguments command();

  /**
   * What to send instead once Redis has answered that it does not know the script which {@link
   * #command()} calls, and so has not executed anything.
   */
  CommandArguments evalFallback();

  /** What the reply says. */
  Outcome outcome(long reply);
}
