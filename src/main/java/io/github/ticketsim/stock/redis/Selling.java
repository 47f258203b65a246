package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Model;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** What is sold over connections to a Redis, and how. */
public sealed interface Selling permits RedisStockConfig, RedisSale {

  /** The name of the way it sells. */
  String wireName();

  /** What its replies promise. */
  Model model();

  /** For connecting, and for each reply. */
  Duration timeout();

  /** How many tickets are left; empty if the server does not say. */
  OptionalLong left(RedisControl watch);

  /** Why {@link #left} says nothing although the server answers. */
  String whyNothingLeft();

  /**
   * Makes what buys when nobody says who buys what.
   *
   * @param nanoClock monotonic
   */
  Strategy strategy(LongSupplier nanoClock);

  /** Harmless ones with which the JIT compiler is warmed up; none if there are none. */
  List<? extends Strategy> jitWarmUps();
}
