package io.github.ticketsim.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.ledger.Particulars;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementsTest {
  private static final double PRECISION = 0.001;

  private final Ledger ledger = new Ledger();
  private long warmUpMillis;

  @Test
  void splitsTheTimeOfAnAttemptIntoItsPhases() {
    add(new Outcome.Sold(OptionalLong.of(0)), 3_000, 10_000, OptionalLong.of(15_000));

    assertThat(measure().latencies())
        .extracting(Latency::phase, l -> l.times().count(), l -> l.times().max())
        .containsExactly(
            tuple(Phase.POOL_WAIT, 1L, 3_000L),
            tuple(Phase.ROUND_TRIP, 1L, 5_000L),
            tuple(Phase.TOTAL, 1L, 8_000L));
  }

  @Test
  void countsThroughputFromTheFirstArrivalToTheLastReturn() {
    add(new Outcome.Sold(OptionalLong.of(0)), 1_000_000, 2_000_000, OptionalLong.of(3_000_000));
    add(new Outcome.SoldOut(OptionalLong.of(-1)), 0, 4_000_000, OptionalLong.of(6_000_000));
    add(new Outcome.Failed("refused"), 0, 4_000_000, OptionalLong.of(11_000_000));

    assertThat(measure().elapsed()).isEqualTo(Duration.ofMillis(10));
    assertThat(measure().throughput()).isEqualTo(200.0, within(1e-9));
  }

  @Test
  void anIndeterminateAttemptHasNoRoundTrip() {
    add(new Outcome.Indeterminate("timed out"), 2_000, 3_000, OptionalLong.empty());

    assertThat(measure().latencies()).extracting(Latency::phase).containsExactly(Phase.POOL_WAIT);
    assertThat(measure().throughput()).isZero();
  }

  @Test
  void aStormWithoutAttemptsHasNoFigures() {
    assertThat(measure().latencies()).isEmpty();
    assertThat(measure().histogram()).isEmpty();
    assertThat(measure().elapsed()).isZero();
    assertThat(measure().throughput()).isZero();
  }

  @Test
  void everyReplyIsInExactlyOneBar() {
    for (var nanos = 1L; nanos <= 1_000_000_000L; nanos *= 3) {
      add(new Outcome.Sold(OptionalLong.of(0)), 0, 0, OptionalLong.of(nanos));
      add(new Outcome.Failed("not in it"), 0, 0, OptionalLong.of(nanos));
    }

    var bars = measure().histogram();

    assertThat(bars.stream().mapToLong(Bar::count).sum()).isEqualTo(19);
    assertThat(bars).extracting(Bar::belowNanos).isSorted().startsWith(2L, 5L, 10L, 20L, 50L, 100L);
    assertThat(bars.getLast().belowNanos()).isEqualTo(500_000_000L);
  }

  @Test
  void theLogOpensInHdrHistogramsOwnReader(@TempDir Path folder) throws IOException {
    for (var i = 1; i <= 1_000; i++) {
      add(new Outcome.Sold(OptionalLong.of(i)), i, i, OptionalLong.of(i + i * 1_000L));
      add(new Outcome.SoldOut(OptionalLong.of(-i)), 0, i, OptionalLong.of(i + 7L));
    }
    var file = folder.resolve(Measurements.LOG_NAME);
    measure().writeLog(file);

    var series = new HashMap<String, Histogram>();
    try (var reader = new HistogramLogReader(file.toFile())) {
      while (reader.hasNext()) {
        var histogram = (Histogram) reader.nextIntervalHistogram();
        series.put(histogram.getTag(), histogram);
      }
    }

    assertThat(series)
        .containsOnlyKeys(
            "sold.pool_wait",
            "sold.round_trip",
            "sold.total",
            "sold_out.pool_wait",
            "sold_out.round_trip",
            "sold_out.total");
    assertThat(series.get("sold.round_trip"))
        .satisfies(
            trips -> assertThat(trips.getTotalCount()).isEqualTo(1_000),
            trips ->
                assertThat((double) trips.getValueAtPercentile(50))
                    .isEqualTo(500_000, within(500_000 * PRECISION)));
  }

  @Test
  void countsTheResponseTimeFromThePlanAndNotFromTheStart() {
    planned(1_000, new Outcome.Sold(OptionalLong.of(0)), 3_000, 10_000, 15_000);
    add(new Outcome.SoldOut(OptionalLong.of(-1)), 3_000, 10_000, OptionalLong.of(15_000));

    assertThat(measure().latencies())
        .extracting(Latency::outcome, Latency::phase, l -> l.times().max())
        .containsExactly(
            tuple(Outcome.Kind.SOLD, Phase.POOL_WAIT, 3_000L),
            tuple(Outcome.Kind.SOLD, Phase.ROUND_TRIP, 5_000L),
            tuple(Outcome.Kind.SOLD, Phase.RESPONSE, 14_000L),
            tuple(Outcome.Kind.SOLD_OUT, Phase.POOL_WAIT, 3_000L),
            tuple(Outcome.Kind.SOLD_OUT, Phase.ROUND_TRIP, 5_000L),
            tuple(Outcome.Kind.SOLD_OUT, Phase.TOTAL, 8_000L));
    assertThat(measure().total().orElseThrow().max()).isEqualTo(14_000);
    assertThat(measure().elapsed()).isEqualTo(Duration.ofNanos(14_000));
    assertThat(measure().open()).isTrue();
  }

  @Test
  void leavesOutOfTheFiguresWhatBeganInTheWarmUp() {
    warmUpMillis = 1;
    add(new Outcome.Sold(OptionalLong.of(2)), 2, 1_000_001, OptionalLong.of(9_000_000));
    planned(999_999, new Outcome.Sold(OptionalLong.of(1)), 0, 2_000_000, 8_000_000);
    add(new Outcome.Sold(OptionalLong.of(0)), 1_000, 1_001_000, OptionalLong.of(1_501_000));
    planned(1_500_000, new Outcome.SoldOut(OptionalLong.of(-1)), 0, 1_600_000, 2_000_000);

    var figures = measure();

    assertThat(figures.warmedUp()).isEqualTo(2);
    assertThat(figures.total().orElseThrow().count()).isEqualTo(2);
    assertThat(figures.latencies()).allMatch(latency -> latency.times().count() == 1);
    assertThat(figures.histogram().stream().mapToLong(Bar::count).sum()).isEqualTo(2);
  }

  @Test
  void countsRepliesAfterTheWarmUpThoughTheirBuyersGotInLineInIt() {
    // One after the other takes a millisecond, behind a line of 300: as much a second as ever.
    for (var i = 1; i <= 1_000; i++) {
      var returned = i * 1_000_000L;
      add(
          new Outcome.SoldOut(OptionalLong.of(-i)),
          Math.min(300, i - 1) * 1_000_000L,
          returned - 1_000_000,
          OptionalLong.of(returned));
    }
    for (var warmUp : List.of(0L, 200L, 500L, 900L)) {
      warmUpMillis = warmUp;
      var figures = measure();
      assertThat(figures.elapsed()).isEqualTo(Duration.ofMillis(1_000 - warmUp));
      assertThat(figures.throughput()).as("after %d ms", warmUp).isEqualTo(1_000, within(1e-9));
      assertThat(figures.pace().sent().orElseThrow())
          .as("after %d ms", warmUp)
          .isEqualTo(1_000, within(1e-9));
    }
  }

  @Test
  void whatWasOverInTheWarmUpCountsForNothing() {
    warmUpMillis = 1;
    add(new Outcome.Sold(OptionalLong.of(0)), 0, 1_000, OptionalLong.of(999_999));
    add(new Outcome.Indeterminate("timed out"), 0, 500_000, OptionalLong.empty());

    var figures = measure();

    assertThat(figures.warmedUp()).isEqualTo(2);
    assertThat(figures.elapsed()).isZero();
    assertThat(figures.throughput()).isZero();
    assertThat(figures.pace().sent()).isEmpty();
  }

  @Test
  void tellsTheRateAskedForFromWhatWasStartedAndSent() {
    // Planned each millisecond; started in time but for the last; sent later still.
    for (var i = 0; i < 10; i++) {
      var late = i == 9 ? 1_000_000 : 0;
      planned(
          i * 1_000_000L,
          new Outcome.Sold(OptionalLong.of(i)),
          8_000_000,
          i * 1_000_000L + late + 8_000_000,
          30_000_000);
    }
    var pace = measure().pace();
    assertThat(pace.asked()).hasValue(1_000);
    assertThat(pace.started()).hasValue(900);
    assertThat(pace.sent()).hasValue(500);
  }

  @Test
  void theRateAskedForIsWhatWasPlannedForTheTimeMeasured() {
    // 1, 2, 3, ... in each further 10 ms, as on a ramp.
    for (var step = 0; step < 10; step++) {
      for (var i = 0; i <= step; i++) {
        var begin = 10_000_000L * step + 10_000_000L * (i + 1) / (step + 1);
        planned(begin, new Outcome.Sold(OptionalLong.of(0)), 0, begin, begin);
      }
    }
    assertThat(measure().pace().asked().orElseThrow()).isEqualTo(600, within(1e-6));
    warmUpMillis = 90;
    assertThat(measure().pace().asked().orElseThrow()).isEqualTo(1_000, within(1e-6));
  }

  @Test
  void whatFailedWasNotSent() {
    for (var i = 0; i <= 10; i++) {
      var begin = i * 1_000_000L;
      var outcome =
          i % 2 == 0 ? new Outcome.Indeterminate("timed out") : new Outcome.Failed("no connection");
      planned(begin, outcome, 0, begin, begin);
    }
    assertThat(measure().pace().asked()).hasValue(1_000);
    assertThat(measure().pace().started()).hasValue(1_000);
    assertThat(measure().pace().sent()).hasValue(500);
  }

  @Test
  void whereAllFailedNothingWasSent() {
    planned(0, new Outcome.Failed("no connection"), 0, 1_000, 1_000);
    planned(1_000_000, new Outcome.Failed("no connection"), 0, 1_001_000, 1_001_000);
    assertThat(measure().pace().asked()).hasValue(1_000);
    assertThat(measure().pace().sent()).hasValue(0);
  }

  @Test
  void theLongestTimeIsExactAndNoPercentileIsBeyondIt() {
    add(new Outcome.Sold(OptionalLong.of(0)), 0, 0, OptionalLong.of(49_984_001));
    add(new Outcome.SoldOut(OptionalLong.of(-1)), 0, 0, OptionalLong.of(12_345_678));

    var total = measure().total().orElseThrow();

    assertThat(total.max()).isEqualTo(49_984_001);
    assertThat(total.p99()).isEqualTo(49_984_001);
    assertThat(total.p50()).isBetween(12_345_678L, 12_358_000L);
    assertThat(Limit.parse("p99>49984001ns").on(measure()).missed()).isFalse();
    assertThat(measure().replies(Phase.ROUND_TRIP)).contains(total);
  }

  @Test
  void aClosedLoadAsksForNoRate() {
    add(new Outcome.Sold(OptionalLong.of(1)), 1_000_000, 1_000_000, OptionalLong.of(1_000_000));
    add(new Outcome.Sold(OptionalLong.of(0)), 0, 2_000_000, OptionalLong.of(9_000_000));
    assertThat(measure().pace().asked()).isEmpty();
    assertThat(measure().pace().sent()).hasValue(500);
    assertThat(measure().open()).isFalse();
  }

  @Test
  void putsTheRepliesOfOnePhaseTogether() {
    add(new Outcome.Sold(OptionalLong.of(0)), 5, 10, OptionalLong.of(20));
    add(new Outcome.SoldOut(OptionalLong.of(-1)), 5, 10, OptionalLong.of(110));
    add(new Outcome.Failed("refused"), 5, 10, OptionalLong.of(1_010));

    var trips = measure().replies(Phase.ROUND_TRIP).orElseThrow();

    assertThat(trips.count()).isEqualTo(2);
    assertThat(trips.p50()).isEqualTo(10);
    assertThat(trips.max()).isEqualTo(100);
    assertThat(measure().replies(Phase.RESPONSE)).isEmpty();
    assertThat(measure().percent(Outcome.Kind.FAILED).orElseThrow())
        .isEqualTo(33.333, within(0.001));
  }

  private void planned(long intended, Outcome outcome, long poolWait, long call, long returned) {
    ledger.append(
        new Attempt(
            UUID.randomUUID(),
            0,
            0,
            OptionalLong.of(intended),
            OptionalLong.of(poolWait),
            call,
            OptionalLong.of(returned),
            outcome,
            Particulars.NONE));
  }

  private void add(Outcome outcome, long poolWait, long call, OptionalLong returned) {
    ledger.append(
        Attempt.of(UUID.randomUUID(), 0, 0, OptionalLong.of(poolWait), call, returned, outcome));
  }

  private Measurements measure() {
    var run =
        new Run(
            UUID.randomUUID(),
            Instant.EPOCH,
            "decr",
            false,
            Model.COUNTER,
            "key",
            1,
            1,
            warmUpMillis,
            Optional.empty(),
            Run.Terms.NONE);
    return Measurements.of(
        History.of(
            run, ledger.freeze(), new Ending(Settlement.settled(0), Ending.StopReason.NONE)));
  }
}
