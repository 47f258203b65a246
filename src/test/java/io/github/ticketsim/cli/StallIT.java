package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.metrics.Measurements;
import io.github.ticketsim.metrics.Percentiles;
import io.github.ticketsim.metrics.Phase;
import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whether the figures of an open load tell of a server that stalls. */
@Timeout(180)
class StallIT {
  private static final Duration STALL = Duration.ofMillis(500);
  private static final int STOCK = 1_000;
  private static final String KEY = "ticket:stock";

  @AutoClose private final RedisServer redis = RedisServer.own();

  @TempDir private Path out;

  @Test
  void theResponseTimeShowsAStallThatTheRoundTripAloneHides() throws Exception {
    var storm =
        CommandRun.inBackground(
            Storms.arguments(
                out,
                redis.uri(),
                "--rate=2k",
                "--duration=4s",
                "--stock=" + STOCK,
                "--threads=10k",
                "--pool=4",
                "--timeout=30s"));
    Await.until(
        "half of the stock is sold",
        () -> redis.call("EXISTS", KEY).equals(1L) && redis.counter(KEY) < STOCK / 2);
    redis.pause();
    var paused = System.nanoTime();
    Await.until("it has stalled", () -> System.nanoTime() - paused > STALL.toNanos());
    redis.resume();

    storm.get().assertQuiet(ExitCode.VALID);
    // One in ten attempts is planned within the stall, and only those that were on the wire when it
    // came, four of eight thousand, have it in their round trip.
    var figures = Measurements.of(Storms.latest(out));
    var half = STALL.toNanos() / 2;
    assertThat(figures.total().map(Percentiles::p99).orElseThrow()).isGreaterThan(half);
    assertThat(figures.replies(Phase.ROUND_TRIP).map(Percentiles::p99).orElseThrow())
        .isLessThan(half);
    assertThat(figures.replies(Phase.ROUND_TRIP).map(Percentiles::max).orElseThrow())
        .as("the stall that was really made")
        .isGreaterThan(half);
  }
}
