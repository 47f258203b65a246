package io.github.ticketsim.report;

import io.github.ticketsim.ledger.Division;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.ledger.HistoryFormatException;
import io.github.ticketsim.ledger.PartsReader;
import io.github.ticketsim.ledger.sql.RecordsUrl;
import io.github.ticketsim.ledger.sql.SqlRuns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
    var history = HistoryFile.read(file);
    // A part too: what the others can have done stands in for them.
    return history.run().division().orElse(null) instanceof Division.OnePart
        ? ofParts(List.of(chosen))
        : new SavedRun(history, shown(chosen, place).toString(), Optional.of(file));
  }

  /**
   * From the folders or histories of the parts of one storm. A part that was killed has left a
   * folder without a history, and is missing.
   *
   * @throws IOException if nothing can be read there
   * @throws HistoryFormatException if they are not parts of one storm
   */
  public static SavedRun ofParts(List<Path> chosen) throws IOException, HistoryFormatException {
    var reader = new PartsReader();
    var none = true;
    for (var each : chosen) {
      var file = history(each);
      if (!Files.isDirectory(each) || Files.exists(file)) {
        reader.add(Files.newInputStream(file), file.toString());
        none = false;
      }
    }
    if (none) {
      throw new NoSuchFileException(chosen.getFirst().toString());
    }
    var place = chosen.stream().map(Path::toString).collect(Collectors.joining(" "));
    return new SavedRun(reader.joined(), place, Optional.empty());
  }

  private static Path history(Path chosen) {
    return Files.isDirectory(chosen) ? new RunFolder(chosen).history() : chosen;
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

  /**
   * From a database.
   *
   * @throws IllegalArgumentException if that does not exist, or holds no such run
   */
  public static SavedRun in(RecordsUrl url) {
    if (!url.exists()) {
      throw new IllegalArgumentException(url.label() + " does not exist");
    }
    var history =
        SqlRuns.history(url)
            .orElseThrow(() -> new IllegalArgumentException(url.label() + " holds no such run"));
    return new SavedRun(history, url.label() + "?run=" + history.run().id(), Optional.empty());
  }

  /**
   * Whether it would be lost if {@code other} were replaced.
   *
   * @throws IOException if that cannot be told
   */
  public boolean isIn(Path other) throws IOException {
    return file.isPresent() && Files.exists(other) && Files.isSameFile(other, file.get());
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
