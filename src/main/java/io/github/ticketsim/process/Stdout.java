package io.github.ticketsim.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Optional;

/** Finds out why results could not be printed, which a print stream keeps to itself. */
public final class Stdout {
  private static final String READER_LEFT = "Broken pipe";

  private Stdout() {}

  /** The reason why nothing can be written, unless it is a reader who has seen enough. */
  public static Optional<String> problem() {
    try {
      // Not closed: the descriptor belongs to the process.
      var out = new FileOutputStream(FileDescriptor.out);
      out.write('\n');
      out.flush();
      return Optional.empty();
    } catch (IOException e) {
      return READER_LEFT.equals(e.getMessage())
          ? Optional.empty()
          : Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
