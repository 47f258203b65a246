package io.github.ticketsim.report;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.ledger.WholeFile;
import io.github.ticketsim.metrics.Measurements;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The folder of one run, named by its start and strategy.
 *
 * @param path of the folder
 */
public record RunFolder(Path path) {

  /** The name that leads to the newest run. */
  public static final String LATEST = "latest";

  /** The report's name in a run's folder. */
  public static final String REPORT_NAME = "run.json";

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int MOST_NAMESAKES = 100;

  /**
   * Makes a new folder under {@code parent}, and the parent if need be.
   *
   * @throws IOException when that is not possible
   */
  public static RunFolder create(Path parent, Instant started, String strategy) throws IOException {
    Files.createDirectories(parent);
    var name = NAME.format(started) + "-" + strategy;
    for (var namesakes = 0; ; namesakes++) {
      try {
        var path = parent.resolve(namesakes == 0 ? name : name + "-" + namesakes);
        return new RunFolder(Files.createDirectory(path));
      } catch (FileAlreadyExistsException e) {
        if (namesakes == MOST_NAMESAKES) {
          throw e;
        }
      }
    }
  }

  /** Removes the folder again if nothing was saved in it. */
  public void deleteIfEmpty() throws IOException {
    try {
      Files.deleteIfExists(path);
    } catch (DirectoryNotEmptyException _) {
      // Then there is something in it worth keeping.
    }
  }

  /**
   * Saves the history first, since all else can be computed from it.
   *
   * @throws IOException when a file cannot be written
   */
  public void save(History history) throws IOException {
    HistoryFile.write(history, path.resolve(HistoryFile.NAME));
  }

  /**
   * The same, compressed.
   *
   * @throws IOException when a file cannot be written
   */
  public void saveCompressed(History history) throws IOException {
    HistoryFile.writeCompressed(history, path.resolve(HistoryFile.COMPRESSED_NAME));
  }

  /** Where the history is: the compressed one only where there is no plain one. */
  public Path history() {
    var plain = path.resolve(HistoryFile.NAME);
    var compressed = path.resolve(HistoryFile.COMPRESSED_NAME);
    return Files.exists(compressed) && !Files.exists(plain) ? compressed : plain;
  }

  /**
   * Saves the report beside its history.
   *
   * @throws IOException when a file cannot be written
   */
  public void save(RunReport report) throws IOException {
    WholeFile.write(path.resolve(Measurements.LOG_NAME), report.measurements()::writeLog);
    WholeFile.write(path.resolve(REPORT_NAME), part -> write(report, part));
  }

  private static void write(RunReport report, Path part) throws IOException {
    // To memory first: a PrintWriter would keep to itself why the file takes no more.
    var text = new StringWriter();
    try (var out = new PrintWriter(text)) {
      Format.JSON.render(report, false, out);
    }
    Files.writeString(part, text.toString());
  }

  /**
   * Lets {@link #LATEST} lead to this folder.
   *
   * @throws IOException when the name is taken by something else, or links cannot be made here
   */
  public void makeLatest() throws IOException {
    var link = path.resolveSibling(LATEST);
    if (Files.exists(link) && !Files.isSymbolicLink(link)) {
      throw new FileAlreadyExistsException(link.toString());
    }
    // Replaced in one step, so that a reader always finds a run behind the name.
    var fresh = path.resolveSibling("." + path.getFileName() + "." + LATEST);
    try {
      Files.createSymbolicLink(fresh, path.getFileName());
      Files.move(fresh, link, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (UnsupportedOperationException e) {
      throw new IOException("no symbolic links on this file system", e);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
