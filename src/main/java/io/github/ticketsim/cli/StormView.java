package io.github.ticketsim.cli;

import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.storm.Progress;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows on stderr how a storm is going. */
final class StormView implements AutoCloseable {
  private static final int UPDATE_MILLIS = 100;

  private final Progress progress;
  private final ProgressBar bar;
  private final ScheduledExecutorService updates =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("storm-view").factory());

  /**
   * @param attempts how many are planned; negative when only the time is
   */
  StormView(Progress progress, long attempts) {
    this.progress = progress;
    this.bar =
        new ProgressBarBuilder()
            .setTaskName("storm")
            .setInitialMax(attempts)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(System.err, Terminal.width()))
            .hideEta()
            .showSpeed()
            .clearDisplayOnFinish()
            .build();
    var _ = updates.scheduleAtFixedRate(this::update, 0, UPDATE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void update() {
    bar.stepTo(progress.attempts());
    bar.setExtraMessage(
        String.format(
            Locale.ROOT,
            " sold %,d, sold out %,d, unknown %,d",
            progress.count(Outcome.Kind.SOLD),
            progress.count(Outcome.Kind.SOLD_OUT),
            progress.count(Outcome.Kind.INDETERMINATE)));
  }

  @Override
  public void close() {
    updates.shutdownNow();
    bar.close();
  }
}
