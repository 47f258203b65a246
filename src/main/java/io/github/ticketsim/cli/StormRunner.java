package io.github.ticketsim.cli;

import io.github.ticketsim.fault.Deployment;
import io.github.ticketsim.fault.FaultPlan;
import io.github.ticketsim.fault.Injection;
import io.github.ticketsim.ledger.Fault;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.report.RunFolder;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.stock.redis.PipelinedStock;
import io.github.ticketsim.stock.redis.RedisControl;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import io.github.ticketsim.stock.redis.RedisStock;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.stock.redis.Terms;
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
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs storms on one Redis, one after the other, and saves each. */
final class StormRunner {

  /**
   * What all storms have in common.
   *
   * @param warmUp how long its attempts are not measured
   * @param limits what its figures must not be
   * @param pipeline whether buyers share the connections
   * @param stock to preload before each; empty to sell what the key holds
   * @param replicas that must have a purchase before it counts
   * @param redis to storm
   * @param faults to put into each storm
   * @param gzip whether histories are saved compressed
   */
  record Setting(
      StormPlan plan,
      Duration warmUp,
      List<Limit> limits,
      int connections,
      boolean pipeline,
      OptionalLong stock,
      String key,
      Duration timeout,
      int replicas,
      RedisOptions.Access redis,
      FaultPlan faults,
      Path out,
      boolean gzip) {

    Stock open(
        RedisStrategy strategy,
        RedisEndpoint endpoint,
        RedisEndpoint control,
        String clientName,
        LongSupplier nanoClock) {
      var terms = new Terms(strategy, key, timeout, replicas);
      return pipeline
          ? PipelinedStock.open(endpoint, control, terms, connections, clientName, nanoClock)
          : RedisStock.open(endpoint, control, terms, connections, clientName, nanoClock);
    }

    /** Where the Redis is now; a failover moves it. */
    RedisEndpoint endpoint() {
      return redis.ours().map(Deployment::endpoint).orElse(redis.endpoint());
    }
  }

  /**
   * A storm that is over.
   *
   * @param saved whether all of it could be written to its folder
   * @param commands that Redis executed meanwhile, where it tells
   */
  record Finished(RunReport report, boolean saved, OptionalLong commands) {

    Finished with(OptionalLong counted) {
      return new Finished(report, saved, counted);
    }

    /** Whether any attempt may have been executed. */
    boolean anyExecuted() {
      var attempts = report.history().attempts().size();
      return attempts == 0 || report.count(Outcome.Kind.FAILED) < attempts;
    }
  }

  private final Setting setting;
  private final Interrupts interrupts;
  private final PrintWriter err;
  private final StormClock clock = StormClock.system();

  StormRunner(Setting setting, Interrupts interrupts, PrintWriter err) {
    this.setting = setting;
    this.interrupts = interrupts;
    this.err = err;
  }

  /**
   * Runs one storm. Its folder is made before it begins, since a storm that cannot be saved is not
   * worth the tickets.
   */
  Finished run(RedisStrategy strategy) throws FolderUnavailableException, InterruptedException {
    // A new one each time: the storm before may have brought faults upon the server.
    try (var control = RedisControl.connect(setting.endpoint(), setting.timeout())) {
      var folder = folder(strategy);
      try {
        setting.stock().ifPresent(stock -> control.preload(strategy, setting.key(), stock));
        var left = control.requireStock(strategy, setting.key());
        setting.redis().ours().ifPresent(Deployment::awaitInStep);
        var before = control.commands();
        var history = storm(strategy, control.server(), left);
        return save(history, folder).with(commandsSince(control, before));
      } finally {
        discardIfEmpty(folder);
      }
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

  private History storm(RedisStrategy strategy, String server, long left)
      throws InterruptedException {
    if (setting.faults().faults().isEmpty()) {
      return storm(strategy, server, left, setting.endpoint(), Optional.empty());
    }
    try (var injection =
        Injection.into(
            setting.faults(), setting.endpoint(), setting.redis().ours(), clock.nanos())) {
      return storm(strategy, server, left, injection.faulty(), Optional.of(injection));
    }
  }

  private History storm(
      RedisStrategy strategy,
      String server,
      long left,
      RedisEndpoint endpoint,
      Optional<Injection> injection)
      throws InterruptedException {
    var id = PurchaseIds.random().next(clock.wall().millis());
    try (var stock =
        setting.open(
            strategy,
            endpoint,
            injection.map(Injection::plain).orElse(endpoint),
            "ticket-sim-" + id,
            clock.nanos())) {
      var storm = new Storm(setting.plan(), stock, clock, PurchaseIds.random());
      injection.ifPresent(faults -> faults.begin(new StormCourse(storm, setting.plan())));
      var result = run(storm);
      var faults =
          injection.isPresent() ? injection.get().end(result.startNanos()) : List.<Fault>of();
      var run =
          new Run(
              id,
              result.started(),
              stock.strategy(),
              !strategy.sound(),
              stock.model(),
              setting.key(),
              left,
              result.buyers(),
              setting.warmUp().toMillis(),
              Optional.of(setup(server)));
      return new History(run, result.attempts(), faults, result.ending());
    }
  }

  private Run.Setup setup(String server) {
    return new Run.Setup(
        Version.number(),
        server + setting.redis().ours().map(Deployment::words).orElse(""),
        LoadWords.of(setting.plan().load())
            + replicas(setting.replicas())
            + (setting.pipeline() ? ", pipelined" : ""),
        setting.connections(),
        setting.timeout().toMillis(),
        seed());
  }

  /** What repeats that which was left to chance: faults, and when attempts begin. */
  private OptionalLong seed() {
    if (!setting.faults().faults().isEmpty()) {
      return OptionalLong.of(setting.faults().seed());
    }
    return setting.plan().load() instanceof Load.Open(var schedule, _, _)
            && schedule.arrivals() == Schedule.Arrivals.POISSON
        ? OptionalLong.of(schedule.seed())
        : OptionalLong.empty();
  }

  private static String replicas(int replicas) {
    return replicas == 0
        ? ""
        : ", confirmed by " + replicas + (replicas == 1 ? " replica" : " replicas");
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
    var attempts = setting.plan().load().attempts().orElse(-1);
    try (var _ = new StormView(storm.progress(), attempts)) {
      return storm.run();
    }
  }

  /** Saves the history before anything else can go wrong. */
  private Finished save(History history, RunFolder folder) {
    try {
      if (setting.gzip()) {
        folder.saveCompressed(history);
      } else {
        folder.save(history);
      }
      var report = RunReport.of(history, folder.path(), setting.limits());
      folder.save(report);
      makeLatest(folder);
      return new Finished(report, true, OptionalLong.empty());
    } catch (IOException e) {
      warn(new FolderUnavailableException(folder.path(), e).getMessage());
      var report = RunReport.of(history, folder.path(), setting.limits());
      return new Finished(report, false, OptionalLong.empty());
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
  private static OptionalLong commandsSince(RedisControl control, OptionalLong before) {
    var after = before.isPresent() ? control.commands() : OptionalLong.empty();
    return after.isPresent() && after.getAsLong() >= before.getAsLong()
        ? OptionalLong.of(after.getAsLong() - before.getAsLong())
        : OptionalLong.empty();
  }

  private void warn(@Nullable String message) {
    Failures.say(err, message);
  }
}
