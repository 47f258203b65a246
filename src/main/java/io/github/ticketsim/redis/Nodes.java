package io.github.ticketsim.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.redis.RedisControl;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** The servers of a private Redis that consists of several. */
final class Nodes implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final List<BundledRedis> all = new ArrayList<>();
  private final LongSupplier nanoClock;

  Nodes(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  BundledRedis start(ServerConfig setup) {
    var node = BundledRedis.start(setup, nanoClock);
    all.add(node);
    return node;
  }

  /** The one behind {@code endpoint}. */
  BundledRedis at(RedisEndpoint endpoint) {
    return all.stream()
        .filter(node -> node.endpoint().label().equals(endpoint.label()))
        .findFirst()
        .orElseThrow(
            () ->
                new StockUnavailableException(
                    endpoint.label(), "is none of the private servers", "try again"));
  }

  /** The reply of {@code node} to a command, as text. */
  static String tell(BundledRedis node, String... words) {
    try (var control = RedisControl.connect(node.endpoint(), RedisControl.DEFAULT_TIMEOUT)) {
      return control.tell(words);
    }
  }

  static boolean primary(BundledRedis node) {
    return tell(node, "INFO", "replication").contains("role:master");
  }

  /** Whether a replica of {@code primary} has all that it has. */
  static boolean inStep(BundledRedis primary) {
    try (var control = RedisControl.connect(primary.endpoint(), RedisControl.DEFAULT_TIMEOUT)) {
      return control.replicasInStep() > 0;
    }
  }

  /**
   * Waits until {@code condition} is true.
   *
   * @param lacking what is wrong if it never is
   * @throws StockUnavailableException when that takes too long
   */
  void await(String lacking, BooleanSupplier condition) {
    if (!within(LIMIT, condition)) {
      throw new StockUnavailableException("private Redis", lacking, "try again");
    }
  }

  /** Whether {@code condition} becomes true within {@code limit}. */
  boolean within(Duration limit, BooleanSupplier condition) {
    var deadline = nanoClock.getAsLong() + limit.toNanos();
    while (!holds(condition)) {
      if (nanoClock.getAsLong() - deadline >= 0) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }

  private static boolean holds(BooleanSupplier condition) {
    try {
      return condition.getAsBoolean();
    } catch (StockUnavailableException _) {
      // A server that takes another role hangs up on its clients.
      return false;
    }
  }

  @Override
  public void close() {
    all.forEach(BundledRedis::close);
  }
}
