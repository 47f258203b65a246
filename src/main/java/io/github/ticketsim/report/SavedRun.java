package io.github.ticketsim.report;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.ledger.HistoryFormatException;
import io.github.ticketsim.ledger.sql.RecordsUrl;
import io.github.ticketsim.ledger.sql.SqlRuns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A run that was saved.
 *
 * @param place that holds it, as people name it
 * @param file of the history, if it is one that can be read again
 */
public record SavedRun(History history, String place, Optional<Path> file) {
  /**
   * From a run's folder, or from a history alone.
   *
   * @throws IOException if nothing can be read there
   * @throws HistoryFormatException if that is no history
   */
  public static SavedRun at(Path chosen) throws IOException, HistoryFormatException {
    if (isStream(chosen)) {
      return new SavedRun(HistoryFile.read(chosen), chosen.toString(), Optional.empty());
    }
    var place = chosen.toRealPath();
    var file = Files.isDirectory(place) ? new RunFolder(place).history() : place;
    return new SavedRun(HistoryFile.read(file), shown(chosen, place).toString(), Optional.of(file));
  }

  /**
   * From what is piped in.
   *
   * @throws IOException if it cannot be read
   * @throws HistoryFormatException if it is no history
   */
  public static SavedRun in(InputStream stdin) throws IOException, HistoryFormatException {
    return new SavedRun(HistoryFile.read(stdin, "stdin"), "stdin", Optional.empty());
  }

  /** From a database; empty if that holds no such run. */
  public static Optional<SavedRun> in(RecordsUrl url) {
    return SqlRuns.history(url)
        .map(
            history ->
                new SavedRun(
                    history, url.label() + "?run=" + history.run().id(), Optional.empty()));
  }

  /** A pipe has no real path, and is there to be read once. */
  private static boolean isStream(Path chosen) {
    return Files.exists(chosen) && !Files.isDirectory(chosen) && !Files.isRegularFile(chosen);
  }

  /** The name {@code latest} means another run tomorrow; all else is shown as it was given. */
  private static Path shown(Path chosen, Path place) {
    return Files.isSymbolicLink(chosen) && Files.isDirectory(place)
        ? chosen.resolveSibling(place.getFileName())
        : chosen;
  }
}
