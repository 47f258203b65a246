package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.util.Optional;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;

/**
 * A strategy that is one command with a number for a reply, so that purchases of many buyers may
 * follow each other on one connection.
 */
interface PipelinableStrategy extends Strategy {

  /** Prepares the server of a new {@code connection}, such as by loading a script. */
  void prepare(Connection connection);

  /** What to send; the same for every purchase. */
  CommandArguments command();

  /**
   * The command to send instead if Redis does not know the script of {@link #command()}, and so has
   * executed nothing. Empty if that is no script: then nothing is sent.
   */
  Optional<CommandArguments> evalFallback();

  /** What the reply says. */
  Outcome outcome(long reply);
}
