package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.selftest.StormTrials.Contender;
import io.github.ticketsim.stock.redis.RedisControl;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import io.github.ticketsim.stock.redis.RedisStock;
import io.github.ticketsim.stock.redis.RedisStockConfig;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.storm.Demand;
import io.github.ticketsim.storm.PurchaseIds;
import io.github.ticketsim.storm.Storm;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Every strategy on one Redis, for the self-test; of its storms nothing is saved. */
final class SelftestStorms {
  private static final String KEY = "ticket:stock";

  /** Enough for the buyers of a broken strategy to meet, on a machine that is busy too. */
  private static final int BUYERS = 400;

  private static final int STOCK = 100;
  private static final int CONNECTIONS = 64;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final RedisEndpoint endpoint;
  private final RedisControl control;
  private final Interrupts interrupts;
  private final StormClock clock = StormClock.system();

  SelftestStorms(RedisEndpoint endpoint, RedisControl control, Interrupts interrupts) {
    this.endpoint = endpoint;
    this.control = control;
    this.interrupts = interrupts;
  }

  /** All strategies; {@code sound} says which of them must sell soundly. */
  List<Contender> contenders(Predicate<RedisStrategy> sound) {
    return Arrays.stream(RedisStrategy.values())
        .map(
            strategy -> new Contender(strategy.word(), sound.test(strategy), () -> storm(strategy)))
        .toList();
  }

  private History storm(RedisStrategy strategy) throws InterruptedException {
    control.preload(strategy, KEY, STOCK);
    var id = PurchaseIds.random().next(clock.wall().millis());
    try (var stock =
        RedisStock.open(
            endpoint,
            endpoint,
            new RedisStockConfig(strategy, KEY, TIMEOUT),
            CONNECTIONS,
            "ticket-sim-" + id,
            clock.nanos())) {
      var storm =
          new Storm(
              new StormPlan(BUYERS, new Demand.Purchases(1), TIMEOUT),
              stock,
              clock,
              PurchaseIds.random());
      interrupts.onFirst(storm::interrupt);
      var result = storm.run();
      var run =
          new Run(
              id,
              result.started(),
              stock.strategy(),
              stock.model(),
              KEY,
              STOCK,
              BUYERS,
              Optional.empty());
      return new History(run, result.attempts(), result.ending());
    }
  }
}
