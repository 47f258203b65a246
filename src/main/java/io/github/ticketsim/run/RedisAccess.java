package io.github.ticketsim.run;

import io.github.ticketsim.redis.Deployment;
import io.github.ticketsim.stock.redis.ClusterAddress;
import io.github.ticketsim.stock.redis.Preflight;
import io.github.ticketsim.stock.redis.RedisAddress;
import io.github.ticketsim.stock.redis.RedisControl;
import io.github.ticketsim.stock.redis.RedisSale;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.stock.redis.Route;
import io.github.ticketsim.stock.redis.Shards;
import io.github.ticketsim.storm.StormClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A Redis to sell from.
 *
 * @param address where it was when this command began
 * @param ours the private Redis behind {@code address}, if it is one
 */
public record RedisAccess(RedisAddress address, Optional<Deployment> ours)
    implements AutoCloseable {
  /** A Redis of somebody else's. */
  public static RedisAccess to(RedisAddress address) {
    return new RedisAccess(address, Optional.empty());
  }

  /** A private Redis, which ends with this. */
  public static RedisAccess to(Deployment ours) {
    return new RedisAccess(ours.address(), Optional.of(ours));
  }

  /**
   * Makes sure that it lets all of {@code strategies} sell from {@code key}.
   *
   * @param preload whether the stock is set before
   * @param replicas that must acknowledge a purchase
   * @return what the user may not do without which less can be proven, with a cure
   * @throws io.github.ticketsim.stock.StockUnavailableException if it would refuse a command
   */
  public Optional<String> checkSale(
      List<RedisStrategy> strategies, String key, boolean preload, int replicas, Duration timeout) {
    // A private Redis forbids nothing. But a cluster may want keys in one slot, and a strategy may
    // be too new for the bundled server.
    if (ours.isPresent() && !inCluster() && RedisStrategy.known().containsAll(strategies)) {
      return Optional.empty();
    }
    // Ours has all that can be asked for, some of them on their way.
    var asked = ours.isPresent() ? 0 : replicas;
    return preflight(key, timeout).ofSale(strategies, preload, asked);
  }

  /**
   * Makes sure that it lets {@code sale} be sold.
   *
   * @param replicas that must acknowledge a purchase
   * @return what the user may not do without which less can be proven, with a cure
   * @throws io.github.ticketsim.stock.StockUnavailableException if it would refuse a command
   */
  List<String> checkSale(RedisSale sale, Shards shards, int replicas, Duration timeout) {
    return ours.isPresent() ? List.of() : Preflight.ofSale(sale, shards, timeout, replicas);
  }

  /**
   * Makes sure that it lets {@code key} be set as {@code strategy} sells it.
   *
   * @throws io.github.ticketsim.stock.StockUnavailableException if it would refuse a command
   */
  public void checkPreload(RedisStrategy strategy, String key, Duration timeout) {
    if (ours.isEmpty()) {
      preflight(key, timeout).ofPreload(strategy);
    }
  }

  private Preflight preflight(String key, Duration timeout) {
    return new Preflight(route(key, timeout).server(), timeout, key, inCluster());
  }

  private boolean inCluster() {
    return address instanceof ClusterAddress;
  }

  /** The way to the server that has {@code key}. */
  public Route route(String key, Duration timeout) {
    return route(key.getBytes(StandardCharsets.UTF_8), timeout);
  }

  /**
   * Connects to the server that has {@code key}.
   *
   * @throws io.github.ticketsim.stock.StockUnavailableException if that is not possible
   */
  public RedisControl control(String key, Duration timeout) {
    return RedisControl.connect(route(key, timeout).server(), timeout);
  }

  private Route route(byte[] key, Duration timeout) {
    return now().route(key, timeout, StormClock.system().nanos());
  }

  /** The ways to all servers that sell some of {@code sale}. */
  Shards shards(RedisSale sale, Duration timeout) {
    return now().shards(sale.sellingKeys(), timeout, StormClock.system().nanos());
  }

  private RedisAddress now() {
    return ours.map(Deployment::address).orElse(address);
  }

  /** What a report says of it behind the version of its server. */
  public String words() {
    return address.words() + ours.map(Deployment::words).orElse("");
  }

  @Override
  public void close() {
    ours.ifPresent(Deployment::close);
  }
}
