package io.github.ticketsim.run;

import io.github.ticketsim.fault.FaultPlan;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.selftest.StormTrials.Contender;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.storm.Demand;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Every strategy on one Redis, for the self-test; of its storms nothing is saved. */
public final class SelftestStorms {
  private static final String KEY = "ticket:stock";

  /** Enough for the buyers of a broken strategy to meet, on a machine that is busy too. */
  private static final int BUYERS = 400;

  private static final int STOCK = 100;
  private static final int CONNECTIONS = 64;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final RedisEndpoint endpoint;
  private final RunListener listener;
  private final StormClock clock = StormClock.system();

  /** On one Redis; {@code listener} may interrupt each storm. */
  public SelftestStorms(RedisEndpoint endpoint, RunListener listener) {
    this.endpoint = endpoint;
    this.listener = listener;
  }

  /** All strategies; {@code sound} says which of them must sell soundly. */
  public List<Contender> contenders(Predicate<RedisStrategy> sound) {
    return Arrays.stream(RedisStrategy.values())
        .map(
            strategy ->
                new Contender(strategy.wireName(), sound.test(strategy), () -> storm(strategy)))
        .toList();
  }

  private History storm(RedisStrategy strategy) throws InterruptedException {
    var target =
        new RedisTarget(
            strategy,
            RedisAccess.to(endpoint),
            KEY,
            OptionalLong.of(STOCK),
            CONNECTIONS,
            /* pipeline= */ false,
            TIMEOUT,
            /* replicas= */ 0,
            FaultPlan.NONE);
    var plan = new StormPlan(BUYERS, new Demand.Purchases(1), TIMEOUT);
    return target.storm(plan, clock, listener).history();
  }
}
