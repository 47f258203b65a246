package io.github.ticketsim.report;

import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.run.RunListener;
import io.github.ticketsim.run.StormRun;
import io.github.ticketsim.storm.Storm;
import io.github.ticketsim.storm.StormClock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A storm that is judged and saved: the one way to it, for the command line and for the library.
 */
public final class SavedStorm implements RunListener {
  private final RunArchive archive;
  private final RunListener listener;
  private final String strategy;
  private @Nullable RunFolder folder;

  private SavedStorm(RunArchive archive, RunListener listener, String strategy) {
    this.archive = archive;
    this.listener = listener;
    this.strategy = strategy;
  }

  /**
   * Runs {@code run}.
   *
   * @param limits what its figures must not be
   * @throws FolderUnavailableException if it cannot be saved; then nothing was bought
   * @throws io.github.ticketsim.stock.StockUnavailableException if the target cannot be reached, or
   *     has nothing to sell
   * @throws InterruptedException if this thread is interrupted
   */
  public static FinishedRun of(
      StormRun run, StormClock clock, RunListener listener, RunArchive archive, List<Limit> limits)
      throws InterruptedException {
    return new SavedStorm(archive, listener, name(run)).finish(run, clock, limits);
  }

  /** Parts may share a file system. */
  private static String name(StormRun run) {
    var share = run.companions().share();
    return run.target().strategy() + (share.divided() ? "-part-" + share.part() : "");
  }

  private FinishedRun finish(StormRun run, StormClock clock, List<Limit> limits)
      throws InterruptedException {
    try {
      var result = run.run(clock, this);
      return archive.save(result, Objects.requireNonNull(folder), limits);
    } finally {
      if (folder != null) {
        archive.discardIfEmpty(folder);
      }
    }
  }

  /** Makes the folder: a storm that cannot be saved is not worth the tickets. */
  @Override
  public void reached() {
    folder = archive.folder(strategy);
    listener.reached();
  }

  @Override
  public Observation watch(Storm storm) {
    return listener.watch(storm);
  }
}
