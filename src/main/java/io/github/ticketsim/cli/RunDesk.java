package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.report.RunFolder;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.storm.Storm;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import io.github.ticketsim.storm.StormResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What is done for every storm, whatever it storms: its folder, its progress, its saved run. */
final class RunDesk {
  private final Path out;
  private final List<Limit> limits;
  private final Interrupts interrupts;
  private final StormClock clock;
  private final PrintWriter err;

  /**
   * @param out the folder of all runs
   * @param limits what the figures of a run must not be
   */
  RunDesk(Path out, List<Limit> limits, Interrupts interrupts, StormClock clock, PrintWriter err) {
    this.out = out;
    this.limits = limits;
    this.interrupts = interrupts;
    this.clock = clock;
    this.err = err;
  }

  /** A new folder for a storm of {@code strategy}. */
  RunFolder folder(String strategy) throws FolderUnavailableException {
    try {
      return RunFolder.create(out, clock.wall().instant(), strategy);
    } catch (IOException e) {
      throw new FolderUnavailableException(out, e);
    }
  }

  void discardIfEmpty(RunFolder folder) {
    try {
      folder.deleteIfEmpty();
    } catch (IOException e) {
      warn("the empty folder " + folder.path() + " could not be removed: " + e.getMessage());
    }
  }

  /** Runs {@code storm}, shows how it goes, and lets the first Ctrl-C end it. */
  StormResult watch(Storm storm, StormPlan plan) throws InterruptedException {
    interrupts.onFirst(
        () -> {
          warn(
              "interrupted: attempts under way finish, then comes the report; Ctrl-C again quits"
                  + " at once");
          storm.interrupt();
        });
    if (!Terminal.showsProgress()) {
      return storm.run();
    }
    var attempts = plan.load().attempts().orElse(-1);
    try (var _ = new StormView(storm.progress(), attempts)) {
      return storm.run();
    }
  }

  /** Saves the history before anything else can go wrong. */
  FinishedStorm save(History history, RunFolder folder) {
    try {
      folder.save(history);
      var report = RunReport.of(history, folder.path(), limits);
      folder.save(report);
      makeLatest(folder);
      return new FinishedStorm(report, true, OptionalLong.empty());
    } catch (IOException e) {
      warn(new FolderUnavailableException(folder.path(), e).getMessage());
      var report = RunReport.of(history, folder.path(), limits);
      return new FinishedStorm(report, false, OptionalLong.empty());
    }
  }

  /** The run is saved whether or not the short name leads to it. */
  private void makeLatest(RunFolder folder) {
    try {
      folder.makeLatest();
    } catch (IOException e) {
      warn(
          "'%s' does not lead to this run (%s); give `ticket-sim report` its folder"
              .formatted(folder.path().resolveSibling(RunFolder.LATEST), e.getMessage()));
    }
  }

  private void warn(@Nullable String message) {
    Failures.say(err, message);
  }
}
