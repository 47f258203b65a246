package io.github.ticketsim.stock.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.ledger.Ending.StopReason;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Outcome.Kind;
import io.github.ticketsim.storm.Demand.Purchases;
import io.github.ticketsim.storm.PurchaseIds;
import io.github.ticketsim.storm.Storm;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import io.github.ticketsim.verify.Judgement;
import io.github.ticketsim.verify.Judgement.SoldBounds;
import io.github.ticketsim.verify.Verifier;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class QuiesceIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final int STOCK = 100;

  @AutoClose private final RedisServer redis = RedisServer.own();

  private RedisStock open(int connections) {
    return RedisStock.open(
        redis.route(),
        redis.route(),
        new RedisStockConfig(RedisStrategy.DECR, "stock", TIMEOUT),
        connections,
        "run",
        System::nanoTime);
  }

  @Test
  void waitsUntilAPausedRedisHasExecutedTheCommandsInFlight() throws Exception {
    redis.call("SET", "stock", Integer.toString(STOCK));
    var plan = new StormPlan(50, new Purchases(1_000_000), Duration.ofHours(1));
    try (var stock = open(4)) {
      var storm = new Storm(plan, stock, StormClock.system(), PurchaseIds.random());
      var result = new FutureTask<>(storm::run);
      Thread.ofPlatform().daemon().start(result);
      Await.until("all is sold", () -> storm.progress().count(Kind.SOLD_OUT) > STOCK);
      redis.pause();
      // Only a purchase that Redis has not answered shows that one was under way.
      Await.until("a purchase has timed out", () -> storm.progress().count(Kind.INDETERMINATE) > 0);
      storm.interrupt();
      Await.until("all attempts have ended", storm::over);
      redis.awaitTimeoutOf(TIMEOUT);
      assertThat(result.isDone()).as("settled while Redis could not say what it did").isFalse();
      redis.resume();

      var ending = result.get().ending();
      var attempts = result.get().attempts();
      assertThat(ending.stopReason()).isEqualTo(StopReason.INTERRUPTED);
      assertThat(ending.settlement().settled()).isTrue();
      assertThat(ending.settlement().left()).hasValue(redis.counter("stock"));
      assertThat(attempts.count(Kind.INDETERMINATE)).isBetween(1, 4);
      var run =
          Run.of(
              UUID.randomUUID(),
              result.get().started(),
              stock.strategy(),
              stock.model(),
              "stock",
              STOCK,
              result.get().buyers(),
              Optional.empty());
      var verdict = Verifier.verify(History.of(run, attempts, ending));
      assertThat(verdict.result()).isEqualTo(Judgement.Result.VALID);
      assertThat(verdict.sold()).isEqualTo(new SoldBounds(STOCK, STOCK));
    }
  }

  @Test
  void namesTheRestartOfARedisThatHadKeptNothing() throws Exception {
    redis.call("SET", "stock", Integer.toString(STOCK));
    try (var stock = open(1)) {
      redis.kill();
      redis.restart();

      assertThat(stock.settle().problem())
          .hasValue(
              "the server was restarted during the sale, and lost what it had not kept: key 'stock'"
                  + " is gone or holds no number");
    }
  }
}
