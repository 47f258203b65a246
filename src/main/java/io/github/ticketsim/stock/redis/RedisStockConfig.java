package io.github.ticketsim.stock.redis;

import java.time.Duration;

/**
 * The settings of a stock in Redis.
 *
 * @param strategy how to buy
 * @param key holds the tickets
 * @param timeout for connecting and for each reply
 * @param replicas that must acknowledge a purchase before it counts; 0 for none
 */
public record RedisStockConfig(RedisStrategy strategy, String key, Duration timeout, int replicas) {

  /** Settings without acknowledgements of replicas. */
  public RedisStockConfig(RedisStrategy strategy, String key, Duration timeout) {
    this(strategy, key, timeout, 0);
  }
}
