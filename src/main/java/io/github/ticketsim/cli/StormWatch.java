package io.github.ticketsim.cli;

import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.process.Interrupts;
import io.github.ticketsim.process.ProgressLine;
import io.github.ticketsim.process.Stderr;
import io.github.ticketsim.report.FinishedRun;
import io.github.ticketsim.report.RunArchive;
import io.github.ticketsim.report.RunFolder;
import io.github.ticketsim.run.RunListener;
import io.github.ticketsim.run.StormRun;
import io.github.ticketsim.storm.ProgressText;
import io.github.ticketsim.storm.Storm;
import io.github.ticketsim.storm.StormClock;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs a storm, shows how it goes, lets the first Ctrl-C end it, and saves it. */
final class StormWatch implements RunListener {
  private static final String INTERRUPTED =
      "interrupted: attempts under way finish, then comes the report; a second Ctrl-C quits at"
          + " once";

  private final RunArchive archive;
  private final Interrupts interrupts;
  private final PrintWriter err;
  private String strategy = "";
  private @Nullable RunFolder folder;

  StormWatch(RunArchive archive, Interrupts interrupts, PrintWriter err) {
    this.archive = archive;
    this.interrupts = interrupts;
    this.err = err;
  }

  FinishedRun run(StormRun run, List<Limit> limits) throws InterruptedException {
    strategy = run.target().strategy();
    folder = null;
    try {
      var result = run.run(StormClock.system(), this);
      return archive.save(result, Objects.requireNonNull(folder), limits);
    } finally {
      if (folder != null) {
        archive.discardIfEmpty(folder);
      }
    }
  }

  /** Makes the folder: a storm that cannot be saved is not worth the tickets. */
  @Override
  public void reached() {
    folder = archive.folder(strategy);
  }

  @Override
  public Observation watch(Storm storm) {
    var line = ProgressLine.ifWatched(new ProgressText(storm)::line, err);
    interrupts.onFirst(
        () -> {
          line.above(() -> Stderr.say(err, INTERRUPTED));
          storm.interrupt();
        });
    return line::close;
  }
}
