package io.github.ticketsim.cli;

import io.github.ticketsim.fault.FaultPlan;
import io.github.ticketsim.fault.FaultSpec;
import io.github.ticketsim.redis.Persistence;
import io.github.ticketsim.report.Comparison;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.report.Warning;
import io.github.ticketsim.stock.redis.Preflight;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.storm.StormPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "storm",
    aliases = "buy-storm",
    abbreviateSynopsis = true,
    description =
        "Lets many buyers buy at once, records every attempt, judges the run and shows the proof."
            + " Exits with the verdict.")
final class BuyStormCommand implements Callable<Integer> {

  private static final int MOST_REPLICAS = 100;

  @Spec private CommandSpec spec;

  @Option(
      names = "--stock",
      paramLabel = "N",
      description = {
        "Preload this many tickets first. Default: sell what the key holds",
        "With --target: how many tickets there are; nothing is preloaded."
      })
  private @Nullable Count stock;

  @Option(
      names = "--strategy",
      paramLabel = "STRATEGY",
      completionCandidates = Candidates.OfStrategies.class,
      defaultValue = "decr",
      description = {
        "How to buy. Several with commas between, or all, run in turn on a fresh stock each and are"
            + " compared. Default: ${DEFAULT-VALUE}",
        "Sound: decr, decr-incr, lua, watch, lock, list.",
        "Broken on purpose: get-set, get-decr, short-lock."
      })
  private Strategies strategies;

  @Option(
      names = "--wait-replicas",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "A purchase counts only when N replicas have it (WAIT), else it is indeterminate."
              + " Default: ${DEFAULT-VALUE}")
  private Count waitReplicas;

  @Option(
      names = "--persistence",
      paramLabel = "FSYNC",
      defaultValue = "none",
      description =
          "What the Redis of --embedded keeps on disk: none, everysec or always. Default:"
              + " ${DEFAULT-VALUE}")
  private Persistence persistence;

  @Mixin private LoadOptions load;
  @Mixin private FaultOptions faults;
  @Mixin private SeedOption seed;
  @Mixin private RedisOptions redis;
  @Mixin private TargetOptions target;
  @Mixin private OutputOptions output;
  @Mixin private ArchiveOptions archive;
  @Mixin private LimitOptions limits;

  @Override
  public Integer call() throws FolderUnavailableException, InterruptedException {
    Carriers.spareOne();
    var plan = load.plan(redis.timeout(), seed.value());
    var aim = target.target(stock != null);
    return (aim.isPresent() ? stormTarget(plan, aim.get()) : stormRedis(plan)).status();
  }

  private ExitCode stormTarget(StormPlan plan, TargetOptions.Target aim)
      throws FolderUnavailableException, InterruptedException {
    var setting =
        new TargetRunner.Setting(
            plan,
            load.warmUp(),
            limits.limits(),
            load.connections(),
            stock(),
            redis.timeout(),
            aim,
            archive.archive(output));
    setting.archive().requireRecords();
    try (var interrupts = new Interrupts()) {
      var err = spec.commandLine().getErr();
      return end(List.of(new TargetRunner(setting, interrupts, err).run()), interrupts);
    }
  }

  private ExitCode stormRedis(StormPlan plan)
      throws FolderUnavailableException, InterruptedException {
    var connections = load.connections();
    var key = redis.key();
    if (stock == null && strategies.chosen().size() > 1) {
      throw usage("--strategy: several need a fresh stock each; pass --stock N");
    }
    requireOneCommand();
    var faultPlan = faultPlan();
    var saved = archive.archive(output);
    // Before the stock is touched.
    saved.requireRecords();
    try (var interrupts = new Interrupts();
        var access = redis.open(persistence, standby(faultPlan))) {
      if (access.endpoint().tls() && !faultPlan.faults().isEmpty()) {
        throw usage("--fault does not work with rediss://, it must read the commands");
      }
      var setting =
          new StormRunner.Setting(
              plan,
              load.warmUp(),
              limits.limits(),
              connections,
              load.pipeline(),
              stock(),
              key,
              redis.timeout(),
              (int) waitReplicas.value(),
              access,
              faultPlan,
              saved);
      var err = spec.commandLine().getErr();
      if (access.ours().isEmpty()) {
        new Preflight(access.endpoint(), redis.timeout(), key)
            .ofSale(strategies.chosen(), stock != null, (int) waitReplicas.value())
            .ifPresent(doubt -> Failures.say(err, "warning: " + doubt));
      }
      var finished = run(new StormRunner(setting, interrupts, err), interrupts);
      return end(finished, interrupts);
    }
  }

  private OptionalLong stock() {
    return stock == null ? OptionalLong.empty() : OptionalLong.of(stock.value());
  }

  /** Shows what has been done, and says what that is worth. */
  private ExitCode end(List<FinishedRun> finished, Interrupts interrupts) {
    var err = spec.commandLine().getErr();
    show(finished);
    finished.forEach(storm -> LimitOptions.tell(storm.report(), err));
    finished.stream()
        .filter(storm -> !storm.anyExecuted())
        .forEach(storm -> Failures.say(err, whyAllFailed(storm.report())));
    return interrupts.interrupted() ? ExitCode.INTERRUPTED : exitCode(finished);
  }

  /** A comparison, and other formats than text, show no reason. */
  private static String whyAllFailed(RunReport report) {
    return report.warnings().stream()
        .filter(warning -> warning.code() == Warning.Code.FAILED_ATTEMPTS)
        .map(warning -> "strategy " + report.history().run().strategy() + ": all " + warning.text())
        .findFirst()
        .orElseThrow();
  }

  /** The faults, if they fit together and fit the Redis that is meant. */
  private FaultPlan faultPlan() {
    var plan = faults.plan(seed.value());
    var server = plan.onTheServer();
    if (!redis.embedded() && !server.isEmpty()) {
      throw usage(
          "--fault %s needs a Redis of our own; pass --embedded"
              .formatted(server.getFirst().text()));
    }
    if (!redis.embedded() && persistence.keeps()) {
      throw usage("--persistence " + persistence + " needs a Redis of our own; pass --embedded");
    }
    if (plan.failsOver() && server.stream().anyMatch(FaultSpec.PowerLoss.class::isInstance)) {
      throw usage("--fault failover and power-loss exclude each other; give one of them");
    }
    var most = redis.embedded() ? 1 : MOST_REPLICAS;
    if (waitReplicas.value() < 0 || waitReplicas.value() > most) {
      throw usage(
          "--wait-replicas: %d, expected 0 to %d%s"
              .formatted(waitReplicas.value(), most, redis.embedded() ? " with --embedded" : ""));
    }
    return plan;
  }

  /** Only that can share a connection. */
  private void requireOneCommand() {
    if (!load.pipeline()) {
      return;
    }
    for (var strategy : strategies.chosen()) {
      if (!strategy.pipelines()) {
        throw usage(
            "--pipeline: strategy %s is more than one command; choose from %s"
                .formatted(strategy, Strategies.names(RedisStrategy::pipelines)));
      }
    }
    if (waitReplicas.value() > 0) {
      throw usage(
          "--pipeline and --wait-replicas exclude each other: who waits for replicas would hold up"
              + " all who share the connection; give one of them");
    }
  }

  private boolean standby(FaultPlan plan) {
    return plan.failsOver() || waitReplicas.value() > 0;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** All storms in turn; an interrupted one is the last. */
  private List<FinishedRun> run(StormRunner runner, Interrupts interrupts)
      throws FolderUnavailableException, InterruptedException {
    var finished = new ArrayList<FinishedRun>();
    for (RedisStrategy strategy : strategies.chosen()) {
      finished.add(runner.run(strategy));
      if (interrupts.interrupted()) {
        break;
      }
    }
    return finished;
  }

  private void show(List<FinishedRun> finished) {
    if (strategies.chosen().size() == 1) {
      output.print(finished.getFirst().report(), spec);
    } else {
      output.print(
          new Comparison(
              finished.stream()
                  .map(storm -> new Comparison.Row(storm.report(), storm.commands()))
                  .toList()),
          spec);
    }
  }

  /**
   * The worst verdict. Worse than any but INVALID is a run that could not be saved, or one in which
   * every attempt failed: the environment was not ready. Better than any but VALID is a missed
   * limit.
   */
  private static ExitCode exitCode(List<FinishedRun> finished) {
    var codes = finished.stream().map(storm -> LimitOptions.exitCode(storm.report())).toList();
    if (codes.contains(ExitCode.INVALID)) {
      return ExitCode.INVALID;
    }
    if (!finished.stream().allMatch(storm -> storm.saved() && storm.anyExecuted())) {
      return ExitCode.UNAVAILABLE;
    }
    return Stream.of(ExitCode.UNKNOWN, ExitCode.THRESHOLD)
        .filter(codes::contains)
        .findFirst()
        .orElse(ExitCode.VALID);
  }
}
