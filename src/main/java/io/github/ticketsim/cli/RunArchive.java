package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.RecordsException;
import io.github.ticketsim.ledger.sql.RecordsUnavailableException;
import io.github.ticketsim.ledger.sql.RecordsUrl;
import io.github.ticketsim.ledger.sql.SqlRuns;
import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.report.RunFolder;
import io.github.ticketsim.report.RunReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where runs are saved, each in a folder of its own, and in a database too where there is one.
 *
 * @param out the folder of all runs
 * @param gzip whether histories are saved compressed
 * @param records the database
 * @param err for what could not be saved
 */
record RunArchive(
    Path out, boolean gzip, Optional<RecordsUrl> records, InstantSource clock, PrintWriter err) {

  /**
   * Makes sure that the database can take a run.
   *
   * @throws RecordsUnavailableException when it cannot
   */
  void requireRecords() {
    records.ifPresent(url -> SqlRuns.open(url).close());
  }

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
    var finished = saveInFolder(history, folder, limits);
    return keep(history) ? finished : finished.unsaved();
  }

  /** In the database; false where that fails. */
  private boolean keep(History history) {
    if (records.isEmpty()) {
      return true;
    }
    try (var runs = SqlRuns.open(records.get())) {
      runs.keep(history);
      return true;
    } catch (RecordsUnavailableException e) {
      warn(e.getMessage());
    } catch (RecordsException e) {
      warn("--records: " + e.getMessage());
    }
    return false;
  }

  /** The same for a run that is in the database already. */
  FinishedRun saveInFolder(History history, RunFolder folder, List<Limit> limits) {
    var safe = written(folder, () -> saveHistory(history, folder));
    var report = RunReport.of(history, folder.path(), limits);
    var saved = safe && written(folder, () -> folder.save(report));
    if (saved) {
      makeLatest(folder);
      return new FinishedRun(report, true, OptionalLong.empty());
    }
    if (safe) {
      warn(
          "the history alone is saved, `ticket-sim report %s` shows the run"
              .formatted(folder.path()));
    }
    return new FinishedRun(report.unsaved(), false, OptionalLong.empty());
  }

  private void saveHistory(History history, RunFolder folder) throws IOException {
    if (gzip) {
      folder.saveCompressed(history);
    } else {
      folder.save(history);
    }
  }

  private interface Writing {
    void write() throws IOException;
  }

  private boolean written(RunFolder folder, Writing writing) {
    try {
      writing.write();
      return true;
    } catch (IOException e) {
      warn(new FolderUnavailableException(folder.path(), e).getMessage());
      return false;
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
