package io.github.ticketsim.cli;

import io.github.ticketsim.process.Interrupts;
import io.github.ticketsim.process.ProgressLine;
import io.github.ticketsim.selftest.Course;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Shows on stderr how a self-test is going, if somebody watches, and ends it on Ctrl-C. */
final class SelftestView implements Course, AutoCloseable {
  private final int steps;
  private final Interrupts interrupts;
  private final AtomicInteger done = new AtomicInteger();
  private final Optional<ProgressLine> line;

  /**
   * @param steps how many there are
   */
  SelftestView(int steps, Interrupts interrupts, PrintWriter err) {
    this.steps = steps;
    this.interrupts = interrupts;
    this.line = ProgressLine.ifWatched(this::words, err);
  }

  private String words() {
    var count = done.get();
    return String.format(
        Locale.ROOT, "selftest %3d %%  %d of %d steps", 100 * count / steps, count, steps);
  }

  @Override
  public boolean open() {
    return !interrupts.interrupted();
  }

  @Override
  public void advance() {
    done.incrementAndGet();
  }

  @Override
  public void close() {
    line.ifPresent(ProgressLine::close);
  }
}
