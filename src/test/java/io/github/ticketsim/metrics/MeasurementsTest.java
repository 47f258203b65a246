package io.github.ticketsim.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
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

  @Test
  void splitsTheTimeOfAnAttemptIntoItsPhases() {
    add(new Outcome.Sold(OptionalLong.of(0)), 3_000, 10_000, OptionalLong.of(15_000));

    assertThat(measure().latencies())
        .extracting(Latency::phase, l -> l.times().count(), l -> l.times().max())
        .containsExactly(
            tuple(Phase.POOL_WAIT, 1L, 3_001L),
            tuple(Phase.ROUND_TRIP, 1L, 5_003L),
            tuple(Phase.TOTAL, 1L, 8_003L));
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

  private void add(Outcome outcome, long poolWait, long call, OptionalLong returned) {
    ledger.append(
        new Attempt(UUID.randomUUID(), 0, 0, OptionalLong.of(poolWait), call, returned, outcome));
  }

  private Measurements measure() {
    var run =
        new Run(
            UUID.randomUUID(), Instant.EPOCH, "decr", Model.COUNTER, "key", 1, 1, Optional.empty());
    return Measurements.of(
        new History(run, ledger.freeze(), new Ending(Settlement.settled(0), Ending.Cut.NONE)));
  }
}
