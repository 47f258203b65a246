package io.github.ticketsim.report;

import io.github.ticketsim.ledger.HistoryFormatException;
import io.github.ticketsim.ledger.PartsReader;
import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.parts.Companions;
import io.github.ticketsim.parts.Uploads;
import io.github.ticketsim.run.RunResult;
import io.github.ticketsim.stock.StockUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Brings the saved parts of a storm together at part 0, which saves them as one run.
 *
 * @param uploads where the others leave theirs
 */
public record PartsArchive(Uploads uploads, Companions companions, RunArchive archive) {

  /**
   * Leaves our part for part 0.
   *
   * @param folder that holds it
   * @throws FolderUnavailableException if it cannot be read
   */
  public void send(Path folder) {
    try {
      uploads.send(new RunFolder(folder).history());
    } catch (IOException e) {
      throw new FolderUnavailableException(folder, e);
    }
  }

  /**
   * Waits for the others, and joins what they left with our part. A part that left nothing is
   * missing in the run.
   *
   * @param folder that holds our part
   * @param strategy how the stock sold
   * @throws FolderUnavailableException if it cannot be read, or a folder for the run cannot be made
   * @throws StockUnavailableException if what they left is no history
   * @throws InterruptedException if this thread is interrupted
   */
  public FinishedRun gather(Path folder, String strategy, List<Limit> limits)
      throws InterruptedException {
    var _ = companions.awaitOver();
    var reader = new PartsReader();
    try {
      var own = new RunFolder(folder).history();
      reader.add(Files.newInputStream(own), own.toString());
      uploads.fetchOthers(reader);
      return archive.save(RunResult.of(reader.joined()), archive.folder(strategy), limits);
    } catch (IOException e) {
      throw new FolderUnavailableException(folder, e);
    } catch (HistoryFormatException e) {
      throw new StockUnavailableException(
          uploads.place(), String.valueOf(e.getMessage()), "storm again");
    }
  }
}
