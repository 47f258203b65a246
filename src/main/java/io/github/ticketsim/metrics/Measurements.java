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
import java.util.OptionalDouble;
import org.HdrHistogram.HistogramLogWriter;

/** The figures of one history. */
public final class Measurements {

  /** The log's name in a run's folder. */
  public static final String LOG_NAME = "latency.hlog";

  private static final double NANOS_PER_MILLI = 1e6;

  private final Instant begun;
  private final Map<Outcome.Kind, Map<Phase, Times>> series = new EnumMap<>(Outcome.Kind.class);
  private final Times replied = new Times();
  private final Span planned;
  private final Span started;
  private final Span sent;
  private final Attempts attempts;
  private final long warmUpNanos;
  private boolean open;
  private int warmedUp;
  private long firstNanos = Long.MAX_VALUE;
  private long lastNanos = Long.MIN_VALUE;
  private long replies;

  private Measurements(History history) {
    this.begun = history.run().started();
    this.attempts = history.attempts();
    this.warmUpNanos = Duration.ofMillis(history.run().warmUpMillis()).toNanos();
    this.planned = new Span(warmUpNanos);
    this.started = new Span(warmUpNanos);
    this.sent = new Span(warmUpNanos);
    for (var i = 0; i < attempts.size(); i++) {
      pace(i);
      if (inWarmUp(attempts.beginNanos(i))) {
        warmedUp++;
      } else {
        time(i);
      }
    }
  }

  /** Measures {@code history}. */
  public static Measurements of(History history) {
    return new Measurements(history);
  }

  /** Without a warm-up, who got in line before the storm began is measured too. */
  private boolean inWarmUp(long nanos) {
    return warmUpNanos > 0 && nanos < warmUpNanos;
  }

  /**
   * Each event counts by its own time: what the stock did after the warm-up for those who had got
   * in line before is part of what it can do.
   */
  private void pace(int index) {
    var begin = attempts.beginNanos(index);
    if (attempts.hasIntended(index)) {
      open = true;
      var wait = attempts.hasPoolWait(index) ? attempts.poolWaitNanos(index) : 0;
      planned.add(begin);
      started.add(attempts.callNanos(index) - wait);
    }
    if (attempts.kind(index) != Outcome.Kind.FAILED) {
      sent.add(attempts.callNanos(index));
    }
    var end = attempts.hasReturn(index) ? attempts.returnNanos(index) : begin;
    if (warmUpNanos == 0 || end > warmUpNanos) {
      firstNanos = Math.min(firstNanos, warmUpNanos > 0 ? warmUpNanos : begin);
      lastNanos = Math.max(lastNanos, end);
      replies += attempts.kind(index).replied() ? 1 : 0;
    }
  }

  private void time(int index) {
    var kind = attempts.kind(index);
    if (attempts.hasPoolWait(index)) {
      times(kind, Phase.POOL_WAIT).add(attempts.poolWaitNanos(index));
    }
    // A return before its call is a record that makes no sense, and took no time that is known.
    if (attempts.hasReturn(index) && attempts.returnNanos(index) >= attempts.callNanos(index)) {
      var whole = attempts.returnNanos(index) - attempts.beginNanos(index);
      times(kind, Phase.ROUND_TRIP).add(attempts.returnNanos(index) - attempts.callNanos(index));
      times(kind, attempts.hasIntended(index) ? Phase.RESPONSE : Phase.TOTAL).add(whole);
      if (kind.replied()) {
        replied.add(whole);
      }
    }
  }

  private Times times(Outcome.Kind kind, Phase phase) {
    return series
        .computeIfAbsent(kind, _ -> new EnumMap<>(Phase.class))
        .computeIfAbsent(phase, _ -> new Times());
  }

  /** How many attempts have no part in the latencies, because they began in the warm-up. */
  public int warmedUp() {
    return warmedUp;
  }

  /** Whether attempts were planned ahead, as in an open load. */
  public boolean open() {
    return open;
  }

  /** How often attempts were planned and made. */
  public Pace pace() {
    var asked = planned.perSecond(firstNanos);
    // Where many were planned and none was sent, that is a rate too.
    var none = asked.isPresent() && sent.isEmpty();
    return new Pace(
        asked,
        started.perSecond(firstNanos),
        none ? OptionalDouble.of(0) : sent.perSecond(firstNanos));
  }

  /** The share of all attempts that ended in {@code kind}; empty where there are none. */
  public OptionalDouble percent(Outcome.Kind kind) {
    return attempts.size() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(100.0 * attempts.count(kind) / attempts.size());
  }

  /** From the first attempt's begin, or the end of the warm-up, to the last return. */
  public Duration elapsed() {
    return Duration.ofNanos(lastNanos < firstNanos ? 0 : lastNanos - firstNanos);
  }

  /** Replies that came in {@link #elapsed}, a second; 0 where there is nothing to divide. */
  public double throughput() {
    var nanos = elapsed().toNanos();
    return nanos == 0 ? 0 : replies * (double) Duration.ofSeconds(1).toNanos() / nanos;
  }

  /** Every series that has values, by outcome, then by phase. */
  public List<Latency> latencies() {
    var latencies = new ArrayList<Latency>();
    series.forEach(
        (kind, phases) ->
            phases.forEach(
                (phase, times) -> latencies.add(new Latency(kind, phase, times.percentiles()))));
    return List.copyOf(latencies);
  }

  /** The total or response time of all attempts with a reply, if there are any. */
  public Optional<Percentiles> total() {
    return replied.isEmpty() ? Optional.empty() : Optional.of(replied.percentiles());
  }

  /** How long {@code phase} took in all attempts with a reply, if that is known of any. */
  public Optional<Percentiles> replies(Phase phase) {
    var all = repliesIn(phase);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.percentiles());
  }

  private Times repliesIn(Phase phase) {
    var all = new Times();
    series.forEach(
        (kind, phases) -> {
          var times = phases.get(phase);
          if (kind.replied() && times != null) {
            all.add(times);
          }
        });
    return all;
  }

  /**
   * The total or response time of all attempts with a reply, in bars whose bounds rise 1, 2, 5, 10,
   * 20, 50 and so on: equal width for equal ratio, near enough, and round numbers for people.
   */
  public List<Bar> histogram() {
    var bars = new ArrayList<Bar>();
    var below = 1L;
    var count = 0L;
    for (var value : replied.histogram().recordedValues()) {
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
  static long nextBound(long bound) {
    return Long.toString(bound).startsWith("2") ? bound / 2 * 5 : bound * 2;
  }

  /**
   * How {@code phase} was distributed over all attempts with a reply; empty where there are none.
   */
  public List<PercentilePoint> distribution(Phase phase) {
    return repliesIn(phase).curve();
  }

  /**
   * What ended when, the warm-up included: at most {@code most} windows of a round width, from the
   * first call to the last return.
   */
  public List<Window> windows(int most) {
    return new Windows(attempts).round(most);
  }

  /** What is measured, in so many slices of equal time; fewer if too little time passed. */
  List<Window> slices(int count) {
    return new Windows(attempts).equal(count, warmUpNanos > 0 ? warmUpNanos : Long.MIN_VALUE);
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
      // As outputStartTime does, which would look the names of time zones up.
      log.outputComment(
          "[StartTime: %d.%03d (seconds since epoch), %s]"
              .formatted(begun.getEpochSecond(), begun.getNano() / 1_000_000, begun));
      log.outputLegend();
      var startSeconds = begun.toEpochMilli() / 1e3;
      series.forEach(
          (kind, phases) ->
              phases.forEach(
                  (phase, times) -> {
                    var histogram = times.histogram();
                    histogram.setTag(kind.wireName() + "." + phase.name().toLowerCase(Locale.ROOT));
                    log.outputIntervalHistogram(
                        startSeconds,
                        startSeconds + elapsed().toNanos() / 1e9,
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
