package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.util.Optional;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A strategy that is one command, so that purchases of many buyers may follow each other on one
 * connection.
 */
interface PipelinableStrategy extends Strategy, PipelinedReplies {

  /** What to send; the same for every purchase. */
  CommandArguments command();

  /**
   * The command to send instead if Redis does not know the script of {@link #command()}, and so has
   * executed nothing. Empty if that is no script: then nothing is sent.
   */
  Optional<CommandArguments> evalFallback();

  @Override
  default Outcome declined(JedisDataException error) {
    return Strategy.super.declined(error);
  }
}
