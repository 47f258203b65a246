package io.github.ticketsim.metrics;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.stock.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** The figures of one history. */
public final class Measurements {

  /** The log's name in a run's folder. */
  public static final String LOG_NAME = "latency.hlog";

  private static final int SIGNIFICANT_DIGITS = 3;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Instant started;
  private final Map<Outcome.Kind, Map<Phase, Histogram>> series = new EnumMap<>(Outcome.Kind.class);
  private final Histogram replied = new Histogram(SIGNIFICANT_DIGITS);
  private final long elapsedNanos;

  private Measurements(History history) {
    this.started = history.run().started();
    var attempts = history.attempts();
    var first = Long.MAX_VALUE;
    var last = Long.MIN_VALUE;
    for (var i = 0; i < attempts.size(); i++) {
      var arrival = attempts.callNanos(i) - poolWait(attempts, i);
      first = Math.min(first, arrival);
      last = Math.max(last, attempts.hasReturn(i) ? attempts.returnNanos(i) : arrival);
      record(attempts, i);
    }
    elapsedNanos = attempts.size() == 0 ? 0 : Math.max(0, last - first);
  }

  /** Measures {@code history}. */
  public static Measurements of(History history) {
    return new Measurements(history);
  }

  private static long poolWait(Attempts attempts, int index) {
    return attempts.hasPoolWait(index) ? attempts.poolWaitNanos(index) : 0;
  }

  private void record(Attempts attempts, int index) {
    var kind = attempts.kind(index);
    if (attempts.hasPoolWait(index)) {
      histogram(kind, Phase.POOL_WAIT).recordValue(attempts.poolWaitNanos(index));
    }
    if (attempts.hasReturn(index)) {
      var roundTrip = attempts.returnNanos(index) - attempts.callNanos(index);
      var total = poolWait(attempts, index) + roundTrip;
      histogram(kind, Phase.ROUND_TRIP).recordValue(roundTrip);
      histogram(kind, Phase.TOTAL).recordValue(total);
      if (kind.replied()) {
        replied.recordValue(total);
      }
    }
  }

  private Histogram histogram(Outcome.Kind kind, Phase phase) {
    return series
        .computeIfAbsent(kind, _ -> new EnumMap<>(Phase.class))
        .computeIfAbsent(phase, _ -> new Histogram(SIGNIFICANT_DIGITS));
  }

  /** From the first arrival to the last return. */
  public Duration elapsed() {
    return Duration.ofNanos(elapsedNanos);
  }

  /** Replies a second over {@link #elapsed}; 0 where there is nothing to divide. */
  public double throughput() {
    return elapsedNanos == 0
        ? 0
        : replied.getTotalCount() * (double) Duration.ofSeconds(1).toNanos() / elapsedNanos;
  }

  /** Every series that has values, by outcome, then by phase. */
  public List<Latency> latencies() {
    var latencies = new ArrayList<Latency>();
    series.forEach(
        (kind, phases) ->
            phases.forEach(
                (phase, histogram) ->
                    latencies.add(new Latency(kind, phase, percentiles(histogram)))));
    return List.copyOf(latencies);
  }

  private static Percentiles percentiles(Histogram histogram) {
    return new Percentiles(
        histogram.getTotalCount(),
        histogram.getValueAtPercentile(50),
        histogram.getValueAtPercentile(90),
        histogram.getValueAtPercentile(99),
        histogram.getValueAtPercentile(99.9),
        histogram.getMaxValue());
  }

  /** The total time of all attempts with a reply, if there are any. */
  public Optional<Percentiles> total() {
    return replied.getTotalCount() == 0 ? Optional.empty() : Optional.of(percentiles(replied));
  }

  /**
   * The total time of all attempts with a reply, in bars whose bounds rise 1, 2, 5, 10, 20, 50 and
   * so on: equal width for equal ratio, near enough, and round numbers for people.
   */
  public List<Bar> histogram() {
    var bars = new ArrayList<Bar>();
    var below = 1L;
    var count = 0L;
    for (var value : replied.recordedValues()) {
      while (value.getValueIteratedTo() >= below) {
        if (count > 0 || !bars.isEmpty()) {
          bars.add(new Bar(below, count));
        }
        count = 0;
        below = nextBound(below);
      }
      count += value.getCountAtValueIteratedTo();
    }
    if (count > 0) {
      bars.add(new Bar(below, count));
    }
    return List.copyOf(bars);
  }

  /** 1, 2, 5, 10, ...: the digit in front tells the step. */
  private static long nextBound(long bound) {
    return Long.toString(bound).startsWith("2") ? bound / 2 * 5 : bound * 2;
  }

  /**
   * Writes every series as an interval of a HdrHistogram log, version 2, tagged {@code
   * outcome.phase}; values in nanoseconds, maxima in milliseconds.
   *
   * @throws IOException when {@code file} cannot be written
   */
  public void writeLog(Path file) throws IOException {
    try (var out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
      var log = new HistogramLogWriter(out);
      log.outputComment("[ticket-sim latencies in nanoseconds, one tag a series]");
      log.outputLogFormatVersion();
      log.outputStartTime(started.toEpochMilli());
      log.outputLegend();
      var startSeconds = started.toEpochMilli() / 1e3;
      series.forEach(
          (kind, phases) ->
              phases.forEach(
                  (phase, histogram) -> {
                    histogram.setTag(kind.word() + "." + phase.name().toLowerCase(Locale.ROOT));
                    log.outputIntervalHistogram(
                        startSeconds,
                        startSeconds + elapsedNanos / 1e9,
                        histogram,
                        NANOS_PER_MILLI);
                  }));
      if (out.checkError()) {
        throw new IOException(file + " could not be written whole");
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
