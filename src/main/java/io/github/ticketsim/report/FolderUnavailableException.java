package io.github.ticketsim.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** A run cannot be saved where the user asked for it. */
public final class FolderUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FolderUnavailableException(Path folder, IOException cause) {
    super(
        "--out: cannot write into '%s' (%s); choose a folder that can be written"
            .formatted(folder, reason(cause)),
        cause);
  }

  /** In short why something cannot be written. */
  public static String reason(IOException cause) {
    return switch (cause) {
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException e -> "'" + e.getFile() + "' is no folder";
      case NotDirectoryException e -> "'" + e.getFile() + "' is no folder";
      case NoSuchFileException e -> "'" + e.getFile() + "' cannot be made";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      default -> String.valueOf(cause.getMessage());
    };
  }
}
