package io.github.ticketsim.run;

import io.github.ticketsim.fault.FaultPlan;
import io.github.ticketsim.ledger.Fault;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.parts.Companions;
import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.stock.redis.PipelinedStock;
import io.github.ticketsim.stock.redis.RedisControl;
import io.github.ticketsim.stock.redis.RedisStock;
import io.github.ticketsim.stock.redis.RedisStockConfig;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.stock.redis.Shards;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import io.github.ticketsim.storm.StormResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A stock in a Redis key.
 *
 * @param selling how it is bought
 * @param redis where it is sold
 * @param key that holds the stock
 * @param stock to preload; empty to sell what the key holds
 * @param connections of all buyers together
 * @param pipeline whether buyers share the connections
 * @param timeout for connecting, and for each reply
 * @param replicas that must have a purchase before it counts
 * @param faults to put into the storm
 */
public record RedisTarget(
    RedisStrategy selling,
    RedisAccess redis,
    String key,
    OptionalLong stock,
    int connections,
    boolean pipeline,
    Duration timeout,
    int replicas,
    FaultPlan faults)
    implements Target {

  @Override
  public String strategy() {
    return selling.wireName();
  }

  @Override
  public Recorded storm(
      StormPlan plan, StormClock clock, RunListener listener, Companions companions)
      throws InterruptedException {
    return new RedisCourse(
            redis,
            () -> Shards.of(redis.route(key, timeout)),
            connections,
            pipeline,
            timeout,
            replicas,
            faults)
        .storm(plan, clock, listener, companions, control -> seller(control, companions.first()));
  }

  private RedisCourse.Seller seller(RedisControl control, boolean first) {
    if (first) {
      stock.ifPresent(tickets -> control.preload(selling, key, tickets));
    }
    return new StrategySeller(control.requireStock(selling, key));
  }

  /** Sells {@code tickets} of the key. */
  private final class StrategySeller implements RedisCourse.Seller {
    private final long tickets;

    StrategySeller(long tickets) {
      this.tickets = tickets;
    }

    @Override
    public Stock open(Shards shards, Shards control, String clientName, StormClock clock) {
      var route = shards.first();
      var plain = control.first();
      var config = new RedisStockConfig(selling, key, timeout, replicas);
      return pipeline
          ? PipelinedStock.open(route, plain, config, connections, clientName, clock.nanos())
          : RedisStock.open(route, plain, config, connections, clientName, clock.nanos());
    }

    @Override
    public boolean sameRequest() {
      return false;
    }

    @Override
    public History history(
        Recording recording,
        StormResult result,
        Run.Setup setup,
        List<Fault> struck,
        Shards plain) {
      return recording.history(result, !selling.sound(), key, tickets, Optional.of(setup), struck);
    }
  }
}
