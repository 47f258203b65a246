package io.github.ticketsim.report;

import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.verify.Reduction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where the smallest part of a run is saved that still proves it broken.
 *
 * @param problems is told why nothing is saved, in one line
 */
public record WitnessFile(Path file, Consumer<String> problems) {

  /** False if there is such a part, and it could not be written. */
  public boolean save(RunReport report) {
    var part = Reduction.of(report.history(), report.verdict());
    if (part.isEmpty()) {
      problems.accept(
          "--witness: the run is %s, nothing is proven broken; '%s' is not written"
              .formatted(report.verdict().result(), file));
      return true;
    }
    try {
      HistoryFile.write(part.get(), file);
      return true;
    } catch (IOException e) {
      problems.accept(
          "--witness: cannot write '%s' (%s); choose a file that can be written"
              .formatted(file, FolderUnavailableException.reason(e)));
      return false;
    }
  }
}
