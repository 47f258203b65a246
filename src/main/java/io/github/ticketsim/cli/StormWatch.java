package io.github.ticketsim.cli;

import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.process.Interrupts;
import io.github.ticketsim.process.ProgressLine;
import io.github.ticketsim.process.Stderr;
import io.github.ticketsim.report.FinishedRun;
import io.github.ticketsim.report.RunArchive;
import io.github.ticketsim.report.SavedStorm;
import io.github.ticketsim.run.RunListener;
import io.github.ticketsim.run.StormRun;
import io.github.ticketsim.storm.ProgressText;
import io.github.ticketsim.storm.Storm;
import io.github.ticketsim.storm.StormClock;
import java.io.PrintWriter;
import java.util.List;

/** Shows how a storm goes, and lets the first Ctrl-C end it. */
final class StormWatch implements RunListener {
  private static final String INTERRUPTED =
      "interrupted: attempts under way finish, then comes the report; a second Ctrl-C quits at"
          + " once";

  private final RunArchive archive;
  private final Interrupts interrupts;
  private final PrintWriter err;
  private final boolean quiet;

  StormWatch(RunArchive archive, Interrupts interrupts, PrintWriter err, boolean quiet) {
    this.archive = archive;
    this.interrupts = interrupts;
    this.err = err;
    this.quiet = quiet;
  }

  FinishedRun run(StormRun run, List<Limit> limits) throws InterruptedException {
    return SavedStorm.of(run, StormClock.system(), this, archive, limits);
  }

  @Override
  public Observation watch(Storm storm) {
    var line =
        quiet
            ? ProgressLine.hidden(err)
            : ProgressLine.ifWatched(new ProgressText(storm)::line, err);
    interrupts.onFirst(
        () -> {
          line.above(() -> Stderr.say(err, INTERRUPTED));
          storm.interrupt();
        });
    return line::close;
  }
}
