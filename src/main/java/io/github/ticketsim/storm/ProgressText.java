package io.github.ticketsim.storm;

import io.github.ticketsim.metrics.Durations;
import io.github.ticketsim.stock.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** How a storm is going, in one line. */
public final class ProgressText {

  /** Throughput is that of so many lines, a second's worth. */
  private static final int MOST_SAMPLES = 10;

  private static final int BAR = 10;

  private record Sample(Duration at, long replies) {}

  private final Storm storm;
  private final Deque<Sample> samples = new ArrayDeque<>();

  /** Of one storm, from its start on. */
  public ProgressText(Storm storm) {
    this.storm = storm;
    samples.add(new Sample(Duration.ZERO, 0));
  }

  /** Now; asked for by one thread. */
  public String line() {
    var progress = storm.progress();
    var elapsed = storm.elapsed();
    var share = Math.min(1, storm.share());
    var done = (int) (share * BAR);
    var p99 = progress.p99Nanos();
    return String.format(
        Locale.ROOT,
        "[%s%s] %3.0f %%  %.1f s  %,.0f/s  %ssold %,d, sold out %,d%s%s%s",
        "#".repeat(done),
        ".".repeat(BAR - done),
        share * 100,
        elapsed.toNanos() / 1e9,
        throughput(new Sample(elapsed, progress.replies())),
        p99.isPresent() ? "p99 " + Durations.text(p99.getAsLong()) + "  " : "",
        progress.count(Outcome.Kind.SOLD),
        progress.count(Outcome.Kind.SOLD_OUT),
        unless0(", limited %,d", progress.count(Outcome.Kind.LIMITED)),
        unless0(", failed %,d", progress.count(Outcome.Kind.FAILED)),
        unless0(", unknown %,d", progress.count(Outcome.Kind.INDETERMINATE)));
  }

  /** Replies a second of late: a storm that stands still must not look as if it went on. */
  private double throughput(Sample now) {
    var then = samples.getFirst();
    samples.addLast(now);
    if (samples.size() > MOST_SAMPLES) {
      samples.removeFirst();
    }
    var nanos = now.at().minus(then.at()).toNanos();
    return nanos <= 0 ? 0 : (now.replies() - then.replies()) * 1e9 / nanos;
  }

  private static String unless0(String format, long count) {
    return count == 0 ? "" : String.format(Locale.ROOT, format, count);
  }
}
