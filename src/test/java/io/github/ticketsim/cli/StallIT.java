package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.metrics.Measurements;
import io.github.ticketsim.metrics.Percentiles;
import io.github.ticketsim.metrics.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whether the figures of an open load tell of a server that stalls. */
@Timeout(180)
class StallIT {
  private static final Duration STALL = Duration.ofMillis(500);
  private static final int POOL = 4;

  @TempDir private Path out;

  @Test
  void theResponseTimeShowsAStallThatTheRoundTripAloneHides() {
    CommandRun.of(
            "storm",
            "--embedded",
            "--out=" + out,
            "--rate=2k",
            "--duration=4s",
            "--stock=1000",
            "--threads=10k",
            "--pool=" + POOL,
            "--timeout=30s",
            "--fault=pause@50%:" + STALL.toMillis() + "ms")
        .assertQuiet(ExitCode.VALID);

    var history = Storms.latest(out);
    var stuck = stuck(history.attempts());
    var response = Measurements.of(history).total().orElseThrow();
    var roundTrip = Measurements.of(history).replies(Phase.ROUND_TRIP).orElseThrow();

    // One attempt in sixteen is planned within the first half of the stall, and none of them can
    // have been answered before its end, however fast or slow the machine is.
    var half = STALL.toNanos() / 2;
    assertThat(stuck.nanos()).as("the stall that was really made").isGreaterThan(half);
    assertThat(response.p99()).isGreaterThan(half);
    // Only those on a connection had it in their round trip: no share that a p99 could show.
    assertThat(stuck.onTheWire()).isBetween(1L, (long) POOL);
    assertThat(stuck.waiting()).isGreaterThan(history.attempts().size() / 100);
    assertHidden(history, roundTrip, response);
  }

  /** The round trips are those of the history, and those who waited for the stall are not in it. */
  private static void assertHidden(History history, Percentiles roundTrip, Percentiles response) {
    var attempts = history.attempts();
    var trips =
        IntStream.range(0, attempts.size())
            .mapToLong(i -> attempts.returnNanos(i) - attempts.callNanos(i))
            .sorted()
            .toArray();
    assertThat(roundTrip.max()).isEqualTo(trips[trips.length - 1]);
    assertThat(roundTrip.p99()).isLessThan(response.p99());
  }

  /**
   * Who was there in the middle of the longest round trip, which is one of the stall.
   *
   * @param nanos how long it was
   * @param onTheWire had been called and had no reply
   * @param waiting was planned to have begun, and had no reply
   */
  private record Stuck(long nanos, long onTheWire, long waiting) {}

  private static Stuck stuck(Attempts attempts) {
    var longest =
        IntStream.range(0, attempts.size())
            .boxed()
            .max(Comparator.comparingLong(i -> attempts.returnNanos(i) - attempts.callNanos(i)))
            .orElseThrow();
    var nanos = attempts.returnNanos(longest) - attempts.callNanos(longest);
    var middle = attempts.callNanos(longest) + nanos / 2;
    return new Stuck(
        nanos,
        IntStream.range(0, attempts.size())
            .filter(i -> attempts.callNanos(i) <= middle && middle < attempts.returnNanos(i))
            .count(),
        IntStream.range(0, attempts.size())
            .filter(i -> attempts.beginNanos(i) <= middle && middle < attempts.returnNanos(i))
            .count());
  }
}
