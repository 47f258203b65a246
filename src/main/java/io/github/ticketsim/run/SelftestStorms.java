package io.github.ticketsim.run;

import io.github.ticketsim.fault.FaultPlan;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.parts.Companions;
import io.github.ticketsim.selftest.StormTrials.Contender;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.storm.Demand;
import io.github.ticketsim.storm.Storm;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
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
  private final Consumer<Runnable> onInterrupt;
  private final StormClock clock = StormClock.system();

  /**
   * On one Redis.
   *
   * @param onInterrupt runs what it is given when the user first asks to end
   */
  public SelftestStorms(RedisEndpoint endpoint, Consumer<Runnable> onInterrupt) {
    this.endpoint = endpoint;
    this.onInterrupt = onInterrupt;
  }

  /** All strategies that every Redis knows; {@code sound} says which of them must sell soundly. */
  public List<Contender> contenders(Predicate<RedisStrategy> sound) {
    return RedisStrategy.known().stream()
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
    return target.storm(plan, clock, ending(), Companions.NONE).history();
  }

  /** Lets an interrupt end the storm that runs. */
  private RunListener ending() {
    return new RunListener() {
      @Override
      public Observation watch(Storm storm) {
        onInterrupt.accept(storm::interrupt);
        return () -> {};
      }
    };
  }
}
