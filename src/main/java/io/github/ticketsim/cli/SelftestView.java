package io.github.ticketsim.cli;

import io.github.ticketsim.selftest.Course;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows on stderr how a self-test is going, where somebody watches, and ends it on Ctrl-C. */
final class SelftestView implements Course, AutoCloseable {
  private final Interrupts interrupts;
  private final Optional<ProgressBar> bar;

  /**
   * @param steps how many there are
   */
  SelftestView(int steps, Interrupts interrupts) {
    this.interrupts = interrupts;
    this.bar = Terminal.showsProgress() ? Optional.of(bar(steps)) : Optional.empty();
  }

  private static ProgressBar bar(int steps) {
    return new ProgressBarBuilder()
        .setTaskName("selftest")
        .setInitialMax(steps)
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(System.err, Terminal.width()))
        .hideEta()
        .clearDisplayOnFinish()
        .build();
  }

  @Override
  public boolean open() {
    return !interrupts.interrupted();
  }

  @Override
  public void advance() {
    bar.ifPresent(ProgressBar::step);
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
