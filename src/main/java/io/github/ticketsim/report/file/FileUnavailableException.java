package io.github.ticketsim.report.file;

import io.github.ticketsim.report.FolderUnavailableException;
import java.io.IOException;
import java.nio.file.Path;

/** A file cannot be written where the user asked for it. */
public final class FileUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  FileUnavailableException(ResultFile kind, Path file, IOException cause) {
    super(
        "%s: cannot write '%s' (%s); choose a file that can be written"
            .formatted(kind.option(), file, FolderUnavailableException.reason(cause)),
        cause);
  }
}
