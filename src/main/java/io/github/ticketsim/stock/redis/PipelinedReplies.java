package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;

/** What the replies on a shared connection mean. The buyer makes no difference. */
interface PipelinedReplies {

  /** Prepares the server of a new {@code connection}, such as by loading a script. */
  void prepare(Connection connection);

  /**
   * Makes sure that {@code reply} is one to a purchase.
   *
   * @throws IllegalStateException if it is not: then neither can the replies after it be matched to
   *     their requests
   */
  void requireSense(@Nullable Object reply);

  /** What it says. */
  Outcome meaning(@Nullable Object reply);

  /** What an error says. */
  Outcome declined(JedisDataException error);
}
