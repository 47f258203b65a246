package io.github.ticketsim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ticketsim.fault.FaultPlan;
import io.github.ticketsim.ledger.Ending.StopReason;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.redis.RedisControl;
import io.github.ticketsim.stock.redis.RedisServer;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.storm.Demand;
import io.github.ticketsim.storm.Storm;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import io.github.ticketsim.verify.Judgement.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From the description of a storm to its result, on a real Redis. */
@Timeout(120)
class StormRunIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String KEY = "ticket:stock";

  @AutoClose private final RedisServer redis = RedisServer.own();
  private final StormClock clock = StormClock.system();

  private StormRun run(OptionalLong stock, Demand demand) {
    var target =
        new RedisTarget(
            RedisStrategy.DECR,
            RedisAccess.to(redis.endpoint()),
            KEY,
            stock,
            /* connections= */ 8,
            /* pipeline= */ false,
            TIMEOUT,
            /* replicas= */ 0,
            FaultPlan.NONE);
    return new StormRun(target, new StormPlan(50, demand, Duration.ofMinutes(1)));
  }

  private OptionalLong left() {
    try (var control = RedisControl.connect(redis.endpoint(), TIMEOUT)) {
      return control.left(RedisStrategy.DECR, KEY);
    }
  }

  @Test
  void aResultHasTheHistoryItsJudgementAndItsFigures() throws Exception {
    var result = run(OptionalLong.of(100), new Demand.Purchases(4)).run(clock, RunListener.NONE);

    assertThat(result.verdict().result()).isEqualTo(Result.VALID);
    assertThat(result.history().attempts().count(Outcome.Kind.SOLD)).isEqualTo(100);
    assertThat(result.history().attempts().count(Outcome.Kind.SOLD_OUT)).isEqualTo(100);
    assertThat(result.history().run().stock()).isEqualTo(100);
    assertThat(result.history().run().buyers()).isEqualTo(50);
    assertThat(result.measurements().throughput()).isPositive();
    assertThat(result.commands()).isPresent();
    assertThat(RunResult.of(result.history()).verdict()).isEqualTo(result.verdict());
  }

  @Test
  void theListenerHearsThatTheTargetAnswersBeforeAnythingIsChanged() throws Exception {
    var heard = new ArrayList<String>();
    var listener =
        new RunListener() {
          @Override
          public void reached() {
            heard.add("reached, left " + left());
          }

          @Override
          public Observation watch(Storm storm) {
            heard.add("watched, left " + left());
            return () -> heard.add("ended");
          }
        };

    var _ = run(OptionalLong.of(10), new Demand.Purchases(1)).run(clock, listener);

    assertThat(heard)
        .containsExactly(
            "reached, left " + OptionalLong.empty(),
            "watched, left " + OptionalLong.of(10),
            "ended");
  }

  @Test
  void aListenerThatThrowsEndsTheRunAndTheStockIsAsItWas() {
    var listener =
        new RunListener() {
          @Override
          public void reached() {
            throw new IllegalStateException("no room to save it");
          }
        };
    var run = run(OptionalLong.of(10), new Demand.Purchases(1));

    assertThatThrownBy(() -> run.run(clock, listener)).hasMessage("no room to save it");
    assertThat(left()).isEmpty();
  }

  @Test
  void aStormThatIsInterruptedIsJudgedByWhatItDid() throws Exception {
    var listener =
        new RunListener() {
          @Override
          public Observation watch(Storm storm) {
            storm.interrupt();
            return () -> {};
          }
        };

    var result =
        run(OptionalLong.of(10), new Demand.Until(Duration.ofHours(1), 1_000_000))
            .run(clock, listener);

    assertThat(result.history().ending().stopReason()).isEqualTo(StopReason.INTERRUPTED);
    assertThat(result.warnings()).extracting(Warning::code).contains(Warning.Code.INTERRUPTED);
  }

  @Test
  void aKeyWithoutStockIsRefusedUnlessItIsPreloaded() {
    var run = run(OptionalLong.empty(), new Demand.Purchases(1));
    assertThatThrownBy(() -> run.run(clock, RunListener.NONE))
        .isInstanceOf(StockUnavailableException.class)
        .hasMessageContaining(KEY);
  }

  @Test
  void aTargetThatIsGoneIsUnavailable() {
    redis.close();
    var run = run(OptionalLong.of(1), new Demand.Purchases(1));
    var heard = new ArrayList<String>();
    assertThatThrownBy(
            () ->
                run.run(
                    clock,
                    new RunListener() {
                      @Override
                      public void reached() {
                        heard.add("reached");
                      }
                    }))
        .isInstanceOf(StockUnavailableException.class);
    assertThat(heard).isEqualTo(List.of());
  }
}
