package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.ledger.HistoryFormatException;
import io.github.ticketsim.ledger.sql.RecordsUrl;
import io.github.ticketsim.report.SavedRun;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The run that an argument names. */
final class GivenRun {

  private GivenRun() {}

  /** From a folder, a history or a database. */
  static SavedRun read(String given) throws HistoryFormatException {
    if (given.startsWith(RecordsUrl.SCHEME)) {
      return UsageException.named("RUN", () -> SavedRun.in(RecordsUrl.parse(given)));
    }
    try {
      return SavedRun.at(Path.of(given));
    } catch (IOException | InvalidPathException e) {
      throw new UsageException(unreadable(given, e), e);
    }
  }

  /** From the folders or histories of the parts of one storm. */
  static SavedRun parts(List<Path> given) throws HistoryFormatException {
    try {
      return SavedRun.ofParts(given);
    } catch (NoSuchFileException e) {
      throw new UsageException(unreadable(String.valueOf(e.getFile()), e), e);
    } catch (IOException e) {
      throw new UsageException(unreadable(String.valueOf(given.getFirst()), e), e);
    }
  }

  private static String unreadable(String given, Exception cause) {
    return cause instanceof NoSuchFileException
        ? "RUN: '%s' does not exist or holds no %s".formatted(given, HistoryFile.NAME)
        : "RUN: '%s' cannot be read: %s".formatted(given, cause.getMessage());
  }
}
