package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.report.RunFolder;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.redis.RedisControl;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import io.github.ticketsim.stock.redis.RedisStock;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.storm.Demand;
import io.github.ticketsim.storm.Load;
import io.github.ticketsim.storm.PurchaseIds;
import io.github.ticketsim.storm.Schedule;
import io.github.ticketsim.storm.Storm;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import io.github.ticketsim.storm.StormResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Runs storms on one Redis, one after the other, and saves each. */
final class StormRunner {

  /**
   * What all storms have in common.
   *
   * @param warmUp how long its attempts are not measured
   * @param limits what its figures must not be
   * @param stock to preload before each; empty to sell what the key holds
   */
  record Setting(
      StormPlan plan,
      Duration warmUp,
      List<Limit> limits,
      int connections,
      OptionalLong stock,
      String key,
      Duration timeout,
      RedisEndpoint endpoint,
      Path out) {}

  /**
   * A storm that is over.
   *
   * @param saved whether all of it could be written to its folder
   * @param commands that Redis executed meanwhile, where it tells
   */
  record Finished(RunReport report, boolean saved, OptionalLong commands) {

    /** Whether any attempt may have been executed. */
    boolean anyExecuted() {
      var attempts = report.history().attempts().size();
      return attempts == 0 || report.count(Outcome.Kind.FAILED) < attempts;
    }
  }

  private final Setting setting;
  private final RedisControl control;
  private final Interrupts interrupts;
  private final PrintWriter err;
  private final StormClock clock = StormClock.system();

  StormRunner(Setting setting, RedisControl control, Interrupts interrupts, PrintWriter err) {
    this.setting = setting;
    this.control = control;
    this.interrupts = interrupts;
    this.err = err;
  }

  /**
   * Runs one storm. Its folder is made before it begins, since a storm that cannot be saved is not
   * worth the tickets.
   */
  Finished run(RedisStrategy strategy) throws FolderUnavailableException, InterruptedException {
    var folder = folder(strategy);
    try {
      setting.stock().ifPresent(stock -> control.preload(strategy, setting.key(), stock));
      var left = control.requireStock(strategy, setting.key());
      var before = control.commands();
      var history = storm(strategy, left);
      return save(history, folder, before);
    } finally {
      discardIfEmpty(folder);
    }
  }

  private RunFolder folder(RedisStrategy strategy) throws FolderUnavailableException {
    try {
      return RunFolder.create(setting.out(), clock.wall().instant(), strategy.word());
    } catch (IOException e) {
      throw new FolderUnavailableException(setting.out(), e);
    }
  }

  private void discardIfEmpty(RunFolder folder) {
    try {
      folder.deleteIfEmpty();
    } catch (IOException e) {
      warn("the empty folder " + folder.path() + " could not be removed: " + e.getMessage());
    }
  }

  private History storm(RedisStrategy strategy, long left) throws InterruptedException {
    var id = PurchaseIds.random().next(clock.wall().millis());
    var setup =
        new Run.Setup(
            Version.number(),
            control.server(),
            LoadWords.of(setting.plan().load()),
            setting.connections(),
            setting.timeout().toMillis(),
            seed(setting.plan().load()));
    try (var stock =
        RedisStock.open(
            setting.endpoint(),
            strategy,
            setting.key(),
            setting.timeout(),
            setting.connections(),
            "ticket-sim-" + id,
            clock.nanos())) {
      var result = run(new Storm(setting.plan(), stock, clock, PurchaseIds.random()));
      var run =
          new Run(
              id,
              result.started(),
              stock.strategy(),
              stock.model(),
              setting.key(),
              left,
              result.buyers(),
              setting.warmUp().toMillis(),
              Optional.of(setup));
      return new History(run, result.attempts(), result.ending());
    }
  }

  private StormResult run(Storm storm) throws InterruptedException {
    interrupts.onFirst(
        () -> {
          warn(
              "interrupted: attempts under way finish, then comes the report; Ctrl-C again quits"
                  + " at once");
          storm.interrupt();
        });
    if (!Terminal.showsProgress()) {
      return storm.run();
    }
    var attempts =
        switch (setting.plan().load()) {
          case Load.Closed(var buyers, Demand.Purchases(var each)) -> (long) buyers * each;
          case Load.Open(_, Demand.Purchases(var all), _) -> all;
          case Load.Closed(_, Demand.Until _), Load.Open(_, Demand.Until _, _) -> -1;
        };
    try (var _ = new StormView(storm.progress(), attempts)) {
      return storm.run();
    }
  }

  /** What the load left to chance. */
  private static OptionalLong seed(Load load) {
    return load instanceof Load.Open open && open.schedule().arrivals() == Schedule.Arrivals.POISSON
        ? OptionalLong.of(open.schedule().seed())
        : OptionalLong.empty();
  }

  /** Saves the history before anything else can go wrong. */
  private Finished save(History history, RunFolder folder, OptionalLong before) {
    try {
      folder.save(history);
      var report = RunReport.of(history, folder.path(), setting.limits());
      folder.save(report);
      makeLatest(folder);
      return new Finished(report, true, commandsSince(before));
    } catch (IOException e) {
      warn(new FolderUnavailableException(folder.path(), e).getMessage());
      var report = RunReport.of(history, folder.path(), setting.limits());
      return new Finished(report, false, commandsSince(before));
    }
  }

  /** The run is saved whether or not the short name leads to it. */
  private void makeLatest(RunFolder folder) {
    try {
      folder.makeLatest();
    } catch (IOException e) {
      warn(
          "'%s' does not lead to this run (%s); give `ticket-sim report` its folder"
              .formatted(folder.path().resolveSibling(RunFolder.LATEST), e.getMessage()));
    }
  }

  /** Nothing where Redis does not tell, or has been restarted and counts anew. */
  private OptionalLong commandsSince(OptionalLong before) {
    var after = before.isPresent() ? control.commands() : OptionalLong.empty();
    return after.isPresent() && after.getAsLong() >= before.getAsLong()
        ? OptionalLong.of(after.getAsLong() - before.getAsLong())
        : OptionalLong.empty();
  }

  private void warn(@Nullable String message) {
    Failures.say(err, message);
  }
}
