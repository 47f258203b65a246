package io.github.ticketsim.stock.redis;

import java.time.Duration;

/**
 * How a stock is sold.
 *
 * @param strategy how to buy
 * @param key holds the tickets
 * @param timeout for connecting and for each reply
 * @param replicas that must acknowledge a purchase before it counts; none where 0
 */
public record RedisStockConfig(RedisStrategy strategy, String key, Duration timeout, int replicas) {

  /** RedisStockConfig under which no replica has a say. */
  public RedisStockConfig(RedisStrategy strategy, String key, Duration timeout) {
    this(strategy, key, timeout, 0);
  }
}
