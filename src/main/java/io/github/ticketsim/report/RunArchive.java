package io.github.ticketsim.report;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.RecordsException;
import io.github.ticketsim.ledger.sql.RecordsUnavailableException;
import io.github.ticketsim.ledger.sql.RecordsUrl;
import io.github.ticketsim.ledger.sql.SqlRuns;
import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.run.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where runs are saved, each in a folder of its own, and in a database too where there is one.
 *
 * @param out the folder of all runs
 * @param gzip whether histories are saved compressed
 * @param records the database
 * @param problems is told what could not be saved, in one line each
 */
public record RunArchive(
    Path out,
    boolean gzip,
    Optional<RecordsUrl> records,
    InstantSource clock,
    Consumer<String> problems) {

  /**
   * Makes sure that the database can take a run.
   *
   * @throws RecordsUnavailableException when it cannot
   */
  public void requireRecords() {
    records.ifPresent(url -> SqlRuns.open(url).close());
  }

  /**
   * A new folder for a run of {@code strategy}.
   *
   * @throws FolderUnavailableException if it cannot be made
   */
  public RunFolder folder(String strategy) {
    try {
      return RunFolder.create(out, clock.instant(), strategy);
    } catch (IOException e) {
      throw new FolderUnavailableException(out, e);
    }
  }

  /**
   * Begins a run of a service that sells with {@code strategy}.
   *
   * @throws FolderUnavailableException if its folder cannot be made
   */
  public RunSaving begin(String strategy) {
    return new RunSaving(this, folder(strategy));
  }

  /** Removes {@code folder} if nothing was saved in it. */
  public void discardIfEmpty(RunFolder folder) {
    try {
      folder.deleteIfEmpty();
    } catch (IOException e) {
      warn("the empty folder " + folder.path() + " could not be removed: " + e.getMessage());
    }
  }

  /**
   * Saves a run: the history first, before anything else can go wrong.
   *
   * @param limits what the figures of the run must not be
   */
  public FinishedRun save(RunResult result, RunFolder folder, List<Limit> limits) {
    var finished = saveInFolder(result, folder, limits);
    return keep(result.history()) ? finished : finished.unsaved();
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
  FinishedRun saveInFolder(RunResult result, RunFolder folder, List<Limit> limits) {
    var safe = written(folder, () -> saveHistory(result.history(), folder));
    var report = RunReport.of(result, folder.path().toString(), limits);
    var saved = safe && written(folder, () -> folder.save(report));
    if (saved) {
      makeLatest(folder);
      return new FinishedRun(report, true);
    }
    if (safe) {
      warn(
          "the history alone is saved, `ticket-sim report %s` shows the run"
              .formatted(folder.path()));
    }
    return new FinishedRun(report.unsaved(), false);
  }

  private void saveHistory(History history, RunFolder folder) throws IOException {
    if (gzip) {
      folder.saveCompressed(history);
    } else {
      folder.save(history);
    }
  }

  private interface FileAction {
    void write() throws IOException;
  }

  private boolean written(RunFolder folder, FileAction writing) {
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
    problems.accept(String.valueOf(message));
  }
}
