package io.github.ticketsim.cli;

import io.github.ticketsim.fault.FaultPlan;
import io.github.ticketsim.fault.Injection;
import io.github.ticketsim.ledger.Fault;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.redis.Deployment;
import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.stock.redis.PipelinedStock;
import io.github.ticketsim.stock.redis.RedisControl;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import io.github.ticketsim.stock.redis.RedisStock;
import io.github.ticketsim.stock.redis.RedisStockConfig;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.storm.PurchaseIds;
import io.github.ticketsim.storm.Storm;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

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
   * @param archive to save each in
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
      RunArchive archive) {

    Stock open(
        RedisStrategy strategy,
        RedisEndpoint endpoint,
        RedisEndpoint control,
        String clientName,
        LongSupplier nanoClock) {
      var config = new RedisStockConfig(strategy, key, timeout, replicas);
      return pipeline
          ? PipelinedStock.open(endpoint, control, config, connections, clientName, nanoClock)
          : RedisStock.open(endpoint, control, config, connections, clientName, nanoClock);
    }

    int mostInFlight() {
      return connections * (pipeline ? PipelinedStock.MOST_IN_FLIGHT_EACH : 1);
    }

    /** Where the Redis is now; a failover moves it. */
    RedisEndpoint endpoint() {
      return redis.ours().map(Deployment::endpoint).orElse(redis.endpoint());
    }
  }

  /**
   * A storm that is over.
   *
   * @param commands that Redis executed meanwhile, where it tells
   */
  private record Stormed(History history, OptionalLong commands) {}

  private final Setting setting;
  private final StormWatch watch;
  private final StormClock clock = StormClock.system();

  StormRunner(Setting setting, Interrupts interrupts, PrintWriter err) {
    this.setting = setting;
    this.watch = new StormWatch(interrupts, err);
  }

  /**
   * Runs one storm. Its folder is made before it begins, since a storm that cannot be saved is not
   * worth the tickets.
   */
  FinishedRun run(RedisStrategy strategy) throws FolderUnavailableException, InterruptedException {
    // A new one each time: the storm before may have brought faults upon the server.
    try (var control = RedisControl.connect(setting.endpoint(), setting.timeout())) {
      var folder = setting.archive().folder(strategy.word());
      try {
        setting.stock().ifPresent(stock -> control.preload(strategy, setting.key(), stock));
        var left = control.requireStock(strategy, setting.key());
        setting.redis().ours().ifPresent(Deployment::awaitInStep);
        var stormed = storm(strategy, control, left);
        return setting
            .archive()
            .save(stormed.history(), folder, setting.limits())
            .with(stormed.commands());
      } finally {
        setting.archive().discardIfEmpty(folder);
      }
    }
  }

  private Stormed storm(RedisStrategy strategy, RedisControl control, long left)
      throws InterruptedException {
    if (setting.faults().faults().isEmpty()) {
      return storm(strategy, control, left, setting.endpoint(), Optional.empty());
    }
    try (var injection =
        Injection.into(
            setting.faults(), setting.endpoint(), setting.redis().ours(), clock.nanos())) {
      return storm(strategy, control, left, injection.faulty(), Optional.of(injection));
    }
  }

  private Stormed storm(
      RedisStrategy strategy,
      RedisControl control,
      long left,
      RedisEndpoint endpoint,
      Optional<Injection> injection)
      throws InterruptedException {
    // Asked beforehand: the storm may be the end of this connection.
    var server = control.server();
    var id = PurchaseIds.random().next(clock.wall().millis());
    try (var stock =
        setting.open(
            strategy,
            endpoint,
            injection.map(Injection::plain).orElse(endpoint),
            "ticket-sim-" + id,
            clock.nanos())) {
      if (injection.isEmpty()) {
        new Rehearsal(setting.plan(), clock).of(stock);
      }
      var before = control.commands();
      var storm = new Storm(setting.plan(), stock, clock, PurchaseIds.random());
      injection.ifPresent(
          faults -> faults.begin(new StormCourse(storm, setting.plan(), setting.mostInFlight())));
      var result = watch.run(storm, setting.plan());
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
      var history = new History(run, result.attempts(), faults, result.ending());
      return new Stormed(history, commandsSince(control, before));
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
    return LoadWords.seed(setting.plan().load());
  }

  private static String replicas(int replicas) {
    return replicas == 0
        ? ""
        : ", confirmed by " + replicas + (replicas == 1 ? " replica" : " replicas");
  }

  /** Nothing where Redis does not tell, or has been restarted and counts anew. */
  private static OptionalLong commandsSince(RedisControl control, OptionalLong before) {
    var after = before.isPresent() ? control.commands() : OptionalLong.empty();
    return after.isPresent() && after.getAsLong() >= before.getAsLong()
        ? OptionalLong.of(after.getAsLong() - before.getAsLong())
        : OptionalLong.empty();
  }
}
