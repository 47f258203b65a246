package io.github.ticketsim.report;

import io.github.ticketsim.run.RunResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A run of a service, and the folder that is made for it before anything is sold. */
public final class RunSaving implements AutoCloseable {
  private final RunArchive archive;
  private final RunFolder folder;
  private Optional<FinishedRun> finished = Optional.empty();

  RunSaving(RunArchive archive, RunFolder folder) {
    this.archive = archive;
    this.folder = folder;
  }

  /** Of the folder. */
  public Path path() {
    return folder.path();
  }

  /** Saves what the run came to. If there is a database, that has it already. */
  public void save(RunResult result) {
    finished = Optional.of(archive.saveInFolder(result, folder, List.of()));
  }

  /**
   * The run after {@link #save}.
   *
   * @param whole whether nothing else of it is lost
   */
  public FinishedRun finished(boolean whole) {
    var run = finished.orElseThrow();
    return whole ? run : run.unsaved();
  }

  /** Removes the folder if nothing was saved in it. */
  @Override
  public void close() {
    archive.discardIfEmpty(folder);
  }
}
