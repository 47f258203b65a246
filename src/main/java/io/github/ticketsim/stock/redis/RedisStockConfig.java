package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Model;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The settings of a stock in Redis.
 *
 * @param strategy how to buy
 * @param key holds the tickets
 * @param timeout for connecting and for each reply
 * @param replicas that must acknowledge a purchase before it counts; 0 for none
 */
public record RedisStockConfig(RedisStrategy strategy, String key, Duration timeout, int replicas)
    implements Selling {

  /** Settings without acknowledgements of replicas. */
  public RedisStockConfig(RedisStrategy strategy, String key, Duration timeout) {
    this(strategy, key, timeout, 0);
  }

  @Override
  public String wireName() {
    return strategy.wireName();
  }

  @Override
  public Model model() {
    return strategy.model();
  }

  @Override
  public OptionalLong left(RedisControl watch) {
    return watch.left(strategy, key);
  }

  @Override
  public String whyNothingLeft() {
    return "key '" + key + "' is gone or holds no number";
  }

  @Override
  public Strategy strategy(LongSupplier nanoClock) {
    return strategy.create(this, nanoClock);
  }

  @Override
  public List<PipelinableStrategy> jitWarmUps() {
    return Decr.jitWarmUps(key);
  }
}
