package io.github.ticketsim.ledger;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there whole or, if anything goes wrong, as they were before. */
public final class WholeFile {

  /** What writes a file. */
  @FunctionalInterface
  public interface Writing {

    /** Writes all of it to {@code file}. */
    void to(Path file) throws IOException;
  }

  private WholeFile() {}

  /**
   * Writes {@code file} beside its place, and puts it there when it is whole.
   *
   * @throws IOException when it cannot be written; then nothing is left of it
   */
  public static void write(Path file, Writing writing) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // A device or a pipe takes what comes; nothing can be put in its place.
      writing.to(file);
      return;
    }
    var place = place(file);
    var part = part(place);
    try {
      writing.to(part);
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * Makes sure that {@code file} can be written, and leaves it as it is.
   *
   * @throws IOException when it cannot
   */
  public static void require(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "it is a folder");
    }
    var folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new FileSystemException(file.toString(), null, "there is no folder '" + folder + "'");
    }
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw new AccessDeniedException(file.toString());
    }
    if (!Files.exists(file) || Files.isRegularFile(file)) {
      var part = part(place(file));
      Files.deleteIfExists(Files.createFile(part));
    }
  }

  private static Path place(Path file) throws IOException {
    return Files.isSymbolicLink(file) ? file.toRealPath() : file;
  }

  /** A short name of its own: that of the file may be as long as names can be. */
  private static Path part(Path place) {
    return place.resolveSibling(".ticket-sim-" + ProcessHandle.current().pid() + ".part");
  }
}
