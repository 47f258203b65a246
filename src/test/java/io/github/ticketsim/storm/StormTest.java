package io.github.ticketsim.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ticketsim.ledger.Ending.StopReason;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Outcome.Kind;
import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.storm.Demand.Purchases;
import io.github.ticketsim.storm.Demand.Until;
import io.github.ticketsim.verify.Judgement.Result;
import io.github.ticketsim.verify.Verifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StormTest {
  private static final Duration PATIENT = Duration.ofHours(1);

  private static StormPlan plan(int buyers, int purchases) {
    return new StormPlan(buyers, new Purchases(purchases), PATIENT);
  }

  private static Storm storm(StormPlan plan, Stock stock) {
    return new Storm(plan, stock, StormClock.system(), PurchaseIds.random());
  }

  private static Result verdict(MemoryStock stock, StormResult result) {
    var run =
        Run.of(
            UUID.randomUUID(),
            result.started(),
            stock.strategy(),
            stock.model(),
            "memory",
            stock.stock(),
            result.buyers(),
            Optional.empty());
    return Verifier.verify(History.of(run, result.attempts(), result.ending())).result();
  }

  private static Outcome reply(long value) {
    return value >= 0
        ? new Outcome.Sold(OptionalLong.of(value))
        : new Outcome.SoldOut(OptionalLong.of(value));
  }

  @Test
  void everyBuyerMakesAllItsAttempts() throws Exception {
    var plan = plan(50, 20);
    var counter = new AtomicLong(300);
    var stock = new MemoryStock(8, counter, () -> reply(counter.decrementAndGet()));
    var storm = storm(plan, stock);

    var result = storm.run();

    assertThat(result.ending().stopReason()).isEqualTo(StopReason.NONE);
    var each = new int[50];
    for (var i = 0; i < result.attempts().size(); i++) {
      each[result.attempts().buyer(i)]++;
    }
    assertThat(each).containsOnly(20);
    assertThat(result.attempts().count(Kind.SOLD)).isEqualTo(300);
    assertThat(result.attempts().count(Kind.SOLD_OUT)).isEqualTo(700);
    assertThat(storm.progress().attempts()).isEqualTo(1000);
    assertThat(storm.progress().count(Kind.SOLD)).isEqualTo(300);
    assertThat(verdict(stock, result)).isEqualTo(Result.VALID);
  }

  @Test
  void noTimeOfABuyerIsLostBetweenAttempts() throws Exception {
    var counter = new AtomicLong(300);
    var stock = new MemoryStock(2, counter, () -> reply(counter.decrementAndGet()));

    var attempts = storm(plan(5, 20), stock).run().attempts();

    var ended = new long[5];
    for (var i = 0; i < attempts.size(); i++) {
      var attempt = attempts.get(i);
      var began = attempt.callNanos() - attempt.poolWaitNanos().orElseThrow();
      if (ended[attempt.buyer()] > 0) {
        assertThat(began).isEqualTo(ended[attempt.buyer()]);
      }
      ended[attempt.buyer()] = attempt.returnNanos().orElseThrow();
    }
    assertThat(ended).doesNotContain(0);
  }

  @Test
  void aLostUpdateIsFound() throws Exception {
    var plan = plan(2, 2);
    var counter = new AtomicLong(3);
    var bothHaveRead = new CyclicBarrier(2);
    var stock =
        new MemoryStock(
            2,
            counter,
            () -> {
              var read = counter.get();
              bothHaveRead.await();
              counter.set(read - 1);
              bothHaveRead.await();
              return reply(read - 1);
            });

    var result = storm(plan, stock).run();

    assertThat(result.attempts().count(Kind.SOLD)).isEqualTo(4);
    assertThat(verdict(stock, result)).isEqualTo(Result.INVALID);
  }

  @Test
  void aBugInABuyerFailsTheRunLoudly() {
    var bought = new AtomicInteger();
    var counter = new AtomicLong(1_000);
    var stock =
        new MemoryStock(
            4,
            counter,
            () -> {
              if (bought.incrementAndGet() == 10) {
                throw new ArithmeticException("a bug");
              }
              return reply(counter.decrementAndGet());
            });

    assertThatThrownBy(() -> storm(plan(20, 1_000_000), stock).run())
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseInstanceOf(ArithmeticException.class);
  }

  @Test
  void aStockThatFallsSilentEndsTheStormAndFailsWhoWaits() throws Exception {
    var plan = new StormPlan(20, new Purchases(5), Duration.ofSeconds(2));
    var counter = new AtomicLong(1_000);
    var stock = new AtomicReference<MemoryStock>();
    // The first attempt goes without an answer for as long as the sale is open.
    stock.set(
        new MemoryStock(
            1,
            counter,
            () -> {
              stock.get().awaitClosing();
              return new Outcome.Indeterminate("no answer");
            }));

    var result = storm(plan, stock.get()).run();

    assertThat(result.ending().stopReason()).isEqualTo(StopReason.STALLED);
    assertThat(result.attempts().count(Kind.INDETERMINATE)).isEqualTo(1);
    assertThat(result.attempts().count(Kind.FAILED)).isEqualTo(19);
    assertThat(result.attempts().size()).isEqualTo(20);
  }

  @Test
  void anInterruptLetsNoFurtherAttemptBegin() throws Exception {
    var counter = new AtomicLong(1_000);
    var storm = new AtomicReference<Storm>();
    var stock =
        new MemoryStock(
            1,
            counter,
            () -> {
              if (counter.decrementAndGet() == 900) {
                storm.get().interrupt();
              }
              return reply(counter.get());
            });
    storm.set(storm(plan(20, 1_000), stock));

    var result = storm.get().run();

    assertThat(result.ending().stopReason()).isEqualTo(StopReason.INTERRUPTED);
    // The attempt under way finishes; who only waited has made none.
    assertThat(result.attempts().size()).isEqualTo(100);
    assertThat(result.attempts().count(Kind.SOLD)).isEqualTo(100);
  }

  @Test
  void anInterruptBeforeTheStormLeavesNothingToRecord() throws Exception {
    var stock = new MemoryStock(1, new AtomicLong(1), () -> reply(0));
    var storm = storm(plan(20, 1), stock);
    storm.interrupt();

    var result = storm.run();

    assertThat(result.attempts().size()).isZero();
    assertThat(result.ending().stopReason()).isEqualTo(StopReason.INTERRUPTED);
  }

  @Test
  void attemptsBeginUntilTheDurationIsOver() throws Exception {
    var nanos = new AtomicLong();
    var counter = new AtomicLong(1_000);
    var stock =
        new MemoryStock(
            1,
            counter,
            () -> {
              nanos.addAndGet(10);
              return reply(counter.decrementAndGet());
            });
    var plan = new StormPlan(3, new Until(Duration.ofNanos(95)), PATIENT);
    var clock = new StormClock(nanos::get, () -> Instant.EPOCH);

    var result = new Storm(plan, stock, clock, PurchaseIds.random()).run();

    // The tenth begins at 90 ns, and is not cut short at 95.
    assertThat(result.attempts().size()).isEqualTo(10);
    assertThat(result.ending().stopReason()).isEqualTo(StopReason.NONE);
  }

  @Test
  void aStormThatFillsItsLedgerEndsAndSaysSo() throws Exception {
    var counter = new AtomicLong(10);
    var stock = new MemoryStock(2, counter, () -> reply(counter.decrementAndGet()));
    var plan = new StormPlan(2, new Until(Duration.ofHours(1), 100), PATIENT);

    var result = new Storm(plan, stock, StormClock.system(), PurchaseIds.random()).run();

    assertThat(result.ending().stopReason()).isEqualTo(StopReason.FULL);
    assertThat(result.attempts().size()).isGreaterThanOrEqualTo(100);
  }

  @Test
  void theStampsStandOutsideTheOperation() throws Exception {
    var nanos = new AtomicLong(1_000);
    var stock =
        new MemoryStock(
            1,
            new AtomicLong(1),
            () -> {
              nanos.addAndGet(100);
              return reply(0);
            });
    var clock = new StormClock(nanos::get, () -> Instant.ofEpochMilli(42));

    var result = new Storm(plan(1, 1), stock, clock, PurchaseIds.random()).run();

    var attempt = result.attempts().get(0);
    assertThat(attempt.callNanos()).isZero();
    assertThat(attempt.returnNanos()).hasValue(100);
    assertThat(attempt.timestampMillis()).isEqualTo(42);
    assertThat(attempt.id().version()).isEqualTo(7);
    assertThat(attempt.id().getMostSignificantBits() >>> 16).isEqualTo(42);
  }

  @Test
  void anIndeterminateAttemptHasNoReturn() throws Exception {
    var stock = new MemoryStock(1, new AtomicLong(1), () -> new Outcome.Indeterminate("no answer"));

    var result = storm(plan(1, 1), stock).run();

    assertThat(result.attempts().get(0).returnNanos()).isEmpty();
    assertThat(result.attempts().get(0).outcome())
        .isEqualTo(new Outcome.Indeterminate("no answer"));
  }
}
