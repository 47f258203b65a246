package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.http.HttpStock;
import io.github.ticketsim.storm.PurchaseIds;
import io.github.ticketsim.storm.Storm;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs one storm on an HTTP endpoint, and saves it. */
final class TargetRunner {

  /**
   * How to storm.
   *
   * @param warmUp how long its attempts are not measured
   * @param limits what its figures must not be
   * @param stock how many tickets there are; empty to ask the target
   * @param archive to save it in
   */
  record Setting(
      StormPlan plan,
      Duration warmUp,
      List<Limit> limits,
      int connections,
      OptionalLong stock,
      Duration timeout,
      TargetOptions.Target target,
      RunArchive archive) {}

  private final Setting setting;
  private final StormWatch watch;
  private final StormClock clock = StormClock.system();

  TargetRunner(Setting setting, Interrupts interrupts, PrintWriter err) {
    this.setting = setting;
    this.watch = new StormWatch(interrupts, err);
  }

  /** Its folder is made before it begins, since what cannot be saved is not worth the tickets. */
  FinishedRun run() throws FolderUnavailableException, InterruptedException {
    var target = setting.target();
    var page = target.page(setting.timeout(), clock.nanos());
    var tickets = page.map(known -> agreed(known.left())).orElseGet(setting.stock()::getAsLong);
    try (var stock =
        HttpStock.open(
            target.request(),
            target.rules(),
            page,
            setting.connections(),
            setting.timeout(),
            clock.nanos())) {
      var folder = setting.archive().folder(stock.strategy());
      try {
        return setting.archive().save(storm(stock, tickets), folder, setting.limits());
      } finally {
        setting.archive().discardIfEmpty(folder);
      }
    }
  }

  /** What is left, which must be what was said of it. */
  private long agreed(long left) {
    var said = setting.stock().orElse(left);
    if (said != left) {
      throw new StockUnavailableException(
          setting.target().pageLabel(),
          "%d tickets are left, but --stock says %d".formatted(left, said),
          "leave --stock out, or fill the stock up");
    }
    return left;
  }

  private History storm(HttpStock stock, long tickets) throws InterruptedException {
    var storm = new Storm(setting.plan(), stock, clock, PurchaseIds.random());
    var result = watch.run(storm, setting.plan());
    var request = setting.target().request();
    var run =
        new Run(
            PurchaseIds.random().next(clock.wall().millis()),
            result.started(),
            stock.strategy(),
            /* brokenOnPurpose= */ false,
            stock.model(),
            request.address().label(),
            tickets,
            result.buyers(),
            setting.warmUp().toMillis(),
            Optional.of(
                new Run.Setup(
                    Version.number(),
                    request.method() + " over HTTP/1.1",
                    LoadWords.of(setting.plan().load()),
                    setting.connections(),
                    setting.timeout().toMillis(),
                    LoadWords.seed(setting.plan().load()),
                    /* sameRequest= */ true)));
    return new History(run, result.attempts(), List.of(), result.ending());
  }
}
