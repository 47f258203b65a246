package io.github.ticketsim;

import io.github.ticketsim.report.FolderUnavailableException;
import io.github.ticketsim.report.RunArchive;
import io.github.ticketsim.report.SavedStorm;
import io.github.ticketsim.run.RunListener;
import io.github.ticketsim.run.StormRun;
import io.github.ticketsim.sale.SaleException;
import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.storm.StormClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where the runs of a test are saved, and how they are run.
 *
 * @param folder of all runs
 */
record Runs(Path folder) {
  static final Path USUAL_FOLDER = Path.of("target", "ticket-sim-runs");

  /**
   * Runs a storm.
   *
   * @param planning describes it; is given what to tell of what is doubtful, in one line each
   * @throws TicketStormException if it cannot begin
   */
  Report report(Function<Consumer<String>, StormRun> planning) throws InterruptedException {
    var clock = StormClock.system();
    var problems = new ArrayList<String>();
    var archive =
        new RunArchive(folder, /* gzip= */ false, Optional.empty(), clock.wall(), problems::add);
    try {
      var run = planning.apply(problems::add);
      return new Report(SavedStorm.of(run, clock, RunListener.NONE, archive, List.of()), problems);
    } catch (SaleException | StockUnavailableException | FolderUnavailableException e) {
      throw new TicketStormException(e.getMessage(), e);
    }
  }
}
