package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.report.RunFolder;
import io.github.ticketsim.report.RunReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where runs are saved, each in a folder of its own.
 *
 * @param out the folder of all runs
 * @param gzip whether histories are saved compressed
 * @param err for what could not be saved
 */
record RunArchive(Path out, boolean gzip, InstantSource clock, PrintWriter err) {

  /** A new folder for a run of {@code strategy}. */
  RunFolder folder(String strategy) throws FolderUnavailableException {
    try {
      return RunFolder.create(out, clock.instant(), strategy);
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

  /**
   * Saves the history before anything else can go wrong, and judges it.
   *
   * @param limits what the figures of the run must not be
   */
  FinishedRun save(History history, RunFolder folder, List<Limit> limits) {
    try {
      if (gzip) {
        folder.saveCompressed(history);
      } else {
        folder.save(history);
      }
      var report = RunReport.of(history, folder.path(), limits);
      folder.save(report);
      makeLatest(folder);
      return new FinishedRun(report, true, OptionalLong.empty());
    } catch (IOException e) {
      warn(new FolderUnavailableException(folder.path(), e).getMessage());
      var report = RunReport.of(history, folder.path(), limits);
      return new FinishedRun(report, false, OptionalLong.empty());
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
