package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.Ending.StopReason;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.stock.Outcome.Kind;
import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a storm when Redis dies, restarts or pauses in the middle of it. */
@Timeout(300)
class WeatherIT {
  private static final int BUYERS = 200;
  private static final int PURCHASES = 500;
  private static final int FEW_PURCHASES = 50;
  private static final int STOCK = BUYERS * PURCHASES / 2;
  private static final String KEY = "ticket:stock";

  @AutoClose private final RedisServer redis = RedisServer.own();

  @TempDir private Path out;

  private CompletableFuture<CommandRun> storm(String timeout) {
    return storm(timeout, PURCHASES);
  }

  private CompletableFuture<CommandRun> storm(String timeout, int purchases) {
    return CommandRun.inBackground(
        Storms.arguments(
            out,
            redis.uri(),
            "--threads=" + BUYERS,
            "--purchases=" + purchases,
            "--stock=" + STOCK,
            "--pool=8",
            "--timeout=" + timeout));
  }

  /** Waits until the storm is well under way, and far from done. */
  private void awaitMiddle(CompletableFuture<CommandRun> storm) throws Exception {
    Await.until("some tickets are sold", () -> storm.isDone() || left() < STOCK - STOCK / 20);
    assertThat(storm).as("the storm").isNotDone();
    assertThat(left()).as("tickets left when the weather turns").isPositive();
  }

  private long left() {
    return redis.call("EXISTS", KEY).equals(1L) ? redis.counter(KEY) : STOCK;
  }

  private History assertSaved(CommandRun run) {
    assertThat(run.err()).isEmpty();
    var history = Storms.latest(out);
    var again = CommandRun.of("report", "--out", out.toString());
    assertThat(again.out()).isEqualTo(run.out());
    assertThat(again.status()).isEqualTo(run.status());
    return history;
  }

  private static void assertAllAccountedFor(History history) {
    assertAllAccountedFor(history, PURCHASES);
  }

  private static void assertAllAccountedFor(History history, int purchases) {
    assertThat(history.ending().stopReason()).isEqualTo(StopReason.NONE);
    assertThat(history.attempts().size()).isEqualTo(BUYERS * purchases);
  }

  private static void assertNoSaleInvented(Attempts attempts, long handedOut) {
    var tickets = new HashSet<Long>();
    IntStream.range(0, attempts.size())
        .filter(i -> attempts.kind(i) == Kind.SOLD)
        .forEach(i -> assertThat(tickets.add(attempts.value(i))).as("sold once").isTrue());
    assertThat((long) tickets.size()).isLessThanOrEqualTo(handedOut);
  }

  @Test
  void aKilledRedisLeavesTheRunSavedAndUnproven() throws Exception {
    // Few enough to fail one by one long before the storm gives up.
    var storm = storm("2s", FEW_PURCHASES);
    awaitMiddle(storm);
    redis.kill();
    var run = storm.get();
    var history = assertSaved(run);
    assertAllAccountedFor(history, FEW_PURCHASES);
    assertNoSaleInvented(history.attempts(), STOCK);
    assertThat(history.attempts().count(Kind.INDETERMINATE)).isLessThanOrEqualTo(8);
    assertThat(history.attempts().count(Kind.FAILED)).isPositive();
    assertThat(history.ending().settlement().left()).isEmpty();
    assertThat(history.ending().settlement().settled()).isFalse();
    assertThat(run.status()).as(run.out()).isEqualTo(ExitCode.UNKNOWN.status());
  }

  @Test
  void aRestartedRedisWithoutTheKeyIsInvalid() throws Exception {
    var storm = storm("2s");
    awaitMiddle(storm);
    redis.kill();
    redis.restart();
    var run = storm.get();
    var history = assertSaved(run);
    assertAllAccountedFor(history);
    assertThat(run.status()).as(run.out()).isEqualTo(ExitCode.INVALID.status());
    assertThat(history.ending().settlement().settled()).isTrue();
    assertThat(run.out()).contains("false sold-out");
  }

  @Test
  void aRestartedRedisThatSellsTheStockOnceMoreIsInvalid() throws Exception {
    var storm = storm("2s");
    awaitMiddle(storm);
    redis.kill();
    redis.restart();
    redis.call("SET", KEY, Long.toString(STOCK));
    var run = storm.get();
    assertAllAccountedFor(assertSaved(run));
    assertThat(run.status()).as(run.out()).isEqualTo(ExitCode.INVALID.status());
  }

  @Test
  void pausesShorterThanTheTimeoutAreHarmless() throws Exception {
    var storm = storm("60s");
    awaitMiddle(storm);
    for (var pauses = 0; pauses < 20; pauses++) {
      redis.pause();
      redis.resume();
    }
    var run = storm.get();
    var history = assertSaved(run);
    assertAllAccountedFor(history);
    assertThat(history.attempts().count(Kind.SOLD)).isEqualTo(STOCK);
    assertThat(run.status()).as(run.out()).isEqualTo(ExitCode.VALID.status());
  }

  @Test
  void aPauseLongerThanTheTimeoutLeavesFatesUnknownThatSettlingExplains() throws Exception {
    var storm = storm("1s");
    awaitMiddle(storm);
    redis.pause();
    redis.awaitTimeoutOf(Duration.ofSeconds(2));
    redis.resume();
    var run = storm.get();
    var history = assertSaved(run);
    assertAllAccountedFor(history);
    assertThat(history.attempts().count(Kind.INDETERMINATE)).isPositive();
    assertNoSaleInvented(history.attempts(), STOCK);
    assertThat(run.out()).contains("VALID: sold 50,000 of 50,000 tickets");
    assertThat(run.status()).as(run.out()).isEqualTo(ExitCode.VALID.status());
  }

  @Test
  void aRedisThatNeverWakesUpEndsTheStorm() throws Exception {
    var storm = storm("1s");
    awaitMiddle(storm);
    redis.pause();
    var run = storm.get();
    redis.resume();
    var history = assertSaved(run);
    assertThat(history.ending().stopReason()).isEqualTo(StopReason.STALLED);
    assertThat(history.attempts().count(Kind.INDETERMINATE)).isPositive();
    assertNoSaleInvented(history.attempts(), STOCK - redis.counter(KEY));
    assertThat(run.status()).as(run.out()).isEqualTo(ExitCode.UNKNOWN.status());
  }
}
