package io.github.ticketsim.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.Ending.StopReason;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Outcome.Kind;
import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.storm.Demand.Purchases;
import io.github.ticketsim.storm.Demand.Until;
import io.github.ticketsim.storm.Schedule.Arrivals;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Storms whose attempts begin by a schedule. */
@Timeout(60)
class OpenLoadTest {
  private static final Duration PATIENT = Duration.ofHours(1);
  private static final int FAST = 100_000;

  private static Schedule every(int perSecond) {
    return new Schedule(perSecond, Arrivals.CONSTANT, Duration.ZERO, 0);
  }

  private static StormPlan plan(Schedule schedule, Demand demand, int mostUnderWay) {
    return new StormPlan(new Load.Open(schedule, demand, mostUnderWay), PATIENT);
  }

  private static Storm storm(StormPlan plan, Stock stock) {
    return new Storm(plan, stock, StormClock.system(), PurchaseIds.random());
  }

  private static MemoryStock endless(int turns, Callable<Outcome> sale) {
    return new MemoryStock(turns, new AtomicLong(), sale);
  }

  private static Outcome sold() {
    return new Outcome.Sold(OptionalLong.of(0));
  }

  private static long[] intended(Attempts attempts) {
    return IntStream.range(0, attempts.size())
        .peek(i -> assertThat(attempts.hasIntended(i)).as("planned").isTrue())
        .mapToLong(attempts::intendedNanos)
        .sorted()
        .toArray();
  }

  @Test
  void everyAttemptBeginsAsPlannedAndHasABuyerOfItsOwn() throws Exception {
    var schedule = new Schedule(FAST, Arrivals.POISSON, Duration.ofMillis(10), 5);

    var result =
        storm(plan(schedule, new Purchases(2_000), 1_000), endless(8, OpenLoadTest::sold)).run();

    var attempts = result.attempts();
    var begins = schedule.begins();
    assertThat(intended(attempts))
        .isEqualTo(IntStream.range(0, 2_000).mapToLong(_ -> begins.nextLong()).toArray());
    assertThat(IntStream.range(0, 2_000).map(attempts::buyer).sorted().toArray())
        .isEqualTo(IntStream.range(0, 2_000).toArray());
    for (var i = 0; i < attempts.size(); i++) {
      assertThat(attempts.callNanos(i) - attempts.poolWaitNanos(i))
          .as("none begins before its time")
          .isGreaterThanOrEqualTo(attempts.intendedNanos(i));
    }
    assertThat(result.buyers()).isEqualTo(2_000);
    assertThat(result.ending().stopReason()).isEqualTo(StopReason.NONE);
  }

  @Test
  void noneWaitsForEarlierOnes() throws Exception {
    // Nobody gets a reply until all fifty have asked.
    var all = new CyclicBarrier(50);
    var stock =
        endless(
            50,
            () -> {
              all.await();
              return sold();
            });

    var result = storm(plan(every(FAST), new Purchases(50), 50), stock).run();

    assertThat(result.attempts().count(Kind.SOLD)).isEqualTo(50);
  }

  @Test
  void noMoreAreUnderWayThanAllowed() throws Exception {
    var three = new CyclicBarrier(3);
    var underWay = new AtomicInteger();
    var most = new AtomicInteger();
    var stock =
        endless(
            100,
            () -> {
              most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
              three.await();
              underWay.decrementAndGet();
              return sold();
            });

    var result = storm(plan(every(FAST), new Purchases(300), 3), stock).run();

    assertThat(result.attempts().size()).isEqualTo(300);
    assertThat(most).hasValue(3);
  }

  @Test
  void whatIsLateBeginsAllTheSameAndItsTimeCountsFromThePlan() throws Exception {
    // The first reply takes ten seconds, by this clock; all others were due within one.
    var nanos = new AtomicLong();
    var late = Duration.ofSeconds(10).toNanos();
    var stock =
        endless(
            1,
            () -> {
              nanos.compareAndSet(0, late);
              return sold();
            });
    var clock = new StormClock(nanos::get, InstantSource.system());
    var plan = plan(every(10), new Until(Duration.ofSeconds(1)), 100);

    var result = new Storm(plan, stock, clock, PurchaseIds.random()).run();

    var attempts = result.attempts();
    assertThat(intended(attempts))
        .isEqualTo(IntStream.range(0, 10).mapToLong(i -> i * 100_000_000L).toArray());
    for (var i = 0; i < attempts.size(); i++) {
      assertThat(attempts.returnNanos(i)).isEqualTo(late);
    }
    assertThat(result.ending().stopReason()).isEqualTo(StopReason.NONE);
  }

  @Test
  void anInterruptIsSeenBetweenTwoThatAreFarApart() throws Exception {
    var storm = new AtomicReference<Storm>();
    var stock =
        endless(
            1,
            () -> {
              storm.get().interrupt();
              return sold();
            });
    // The second is due after more than six minutes.
    var schedule = new Schedule(1, Arrivals.CONSTANT, Duration.ofDays(1), 0);
    storm.set(storm(plan(schedule, new Purchases(2), 10), stock));

    var result = storm.get().run();

    assertThat(result.ending().stopReason()).isEqualTo(StopReason.INTERRUPTED);
    assertThat(result.attempts().size()).isEqualTo(1);
    assertThat(result.buyers()).isEqualTo(1);
  }

  @Test
  void aTimeInWhichNoneIsDueIsNoSilence() throws Exception {
    // The second is due after 20 s, which last two.
    var clock = new StormClock(() -> 10 * System.nanoTime(), InstantSource.system());
    var schedule = new Schedule(1, Arrivals.CONSTANT, Duration.ofSeconds(200), 0);
    var load = new Load.Open(schedule, new Purchases(2), 10);
    var plan = new StormPlan(load, Duration.ofSeconds(10));

    var result = new Storm(plan, endless(1, OpenLoadTest::sold), clock, PurchaseIds.random()).run();

    assertThat(result.ending().stopReason()).isEqualTo(StopReason.NONE);
    assertThat(result.attempts().count(Kind.SOLD)).isEqualTo(2);
  }

  @Test
  void aStockThatFallsSilentEndsTheStormAndFailsWhoWaits() throws Exception {
    var load = new Load.Open(every(1_000), new Purchases(20), 20);
    var stock = new AtomicReference<MemoryStock>();
    stock.set(
        endless(
            1,
            () -> {
              stock.get().awaitClosing();
              return new Outcome.Indeterminate("no answer");
            }));

    var result = storm(new StormPlan(load, Duration.ofSeconds(2)), stock.get()).run();

    assertThat(result.ending().stopReason()).isEqualTo(StopReason.STALLED);
    assertThat(result.attempts().count(Kind.INDETERMINATE)).isEqualTo(1);
    assertThat(result.attempts().count(Kind.FAILED)).isEqualTo(19);
    assertThat(intended(result.attempts())).hasSize(20);
  }

  @Test
  void aStormThatFillsItsLedgerEndsAndSaysSo() throws Exception {
    var demand = new Until(Duration.ofHours(1), 100);

    var result = storm(plan(every(FAST), demand, 10), endless(2, OpenLoadTest::sold)).run();

    assertThat(result.ending().stopReason()).isEqualTo(StopReason.FULL);
    assertThat(result.attempts().size()).isGreaterThanOrEqualTo(100);
  }

  @Test
  void aBugInABuyerFailsTheRunLoudly() {
    var stock =
        endless(
            4,
            () -> {
              throw new ArithmeticException("a bug");
            });

    assertThatThrownBy(() -> storm(plan(every(FAST), new Purchases(1_000_000), 9), stock).run())
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseInstanceOf(ArithmeticException.class);
  }
}
