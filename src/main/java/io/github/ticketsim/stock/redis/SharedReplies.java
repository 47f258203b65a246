package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;

/** The replies to the purchases of a {@link RedisSale} on a shared connection. */
record SharedReplies(RedisSale sale) implements PipelinedReplies {

  @Override
  public void prepare(Connection connection) {
    sale.purchase().source().ifPresent(script -> script.load(connection));
  }

  /** A script may reply with anything. */
  @Override
  public void requireSense(@Nullable Object reply) {}

  @Override
  public Outcome meaning(@Nullable Object reply) {
    return sale.rules().outcome(RedisReply.of(reply));
  }

  @Override
  public Outcome declined(JedisDataException error) {
    return sale.rules().outcome(RedisReply.of(error, sale.purchase().script()));
  }
}
