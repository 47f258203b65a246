package io.github.ticketsim.cli;

import io.github.ticketsim.fault.FaultPlan;
import io.github.ticketsim.process.Carriers;
import io.github.ticketsim.process.Interrupts;
import io.github.ticketsim.process.Stderr;
import io.github.ticketsim.report.Comparison;
import io.github.ticketsim.report.FinishedRun;
import io.github.ticketsim.report.RunArchive;
import io.github.ticketsim.report.TrialText;
import io.github.ticketsim.report.file.FileUnavailableException;
import io.github.ticketsim.run.EndpointPlan;
import io.github.ticketsim.run.RedisAccess;
import io.github.ticketsim.run.RedisSalePlan;
import io.github.ticketsim.run.RedisTarget;
import io.github.ticketsim.run.ShopTarget;
import io.github.ticketsim.run.SqlSalePlan;
import io.github.ticketsim.run.StormRun;
import io.github.ticketsim.run.Target;
import io.github.ticketsim.sale.RedisSteps;
import io.github.ticketsim.sale.Sale;
import io.github.ticketsim.sale.Wants;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.stock.sql.SqlAddress;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    addMethodSubcommands = false,
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
      completionCandidates = Strategies.Words.class,
      defaultValue = "decr",
      description = {
        "How to buy. Several with commas between, or all that every Redis knows, run in turn on a"
            + " fresh stock each and are compared. Default: ${DEFAULT-VALUE}",
        "Sound: ${bundle:strategies.sound}.",
        "Broken on purpose: ${bundle:strategies.broken}.",
        "With --target jdbc:..., sound: ${bundle:strategies.sql.sound}; broken on purpose:"
            + " ${bundle:strategies.sql.broken}."
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

  @Mixin private LoadOptions load;
  @Mixin private FaultOptions faults;
  @Mixin private PartOptions part;
  @Mixin private RedisOptions redis;
  @Mixin private EmbeddedOptions embedded;
  @Mixin private ScriptOptions script;
  @Mixin private TargetOptions target;
  @Mixin private SaleOptions sale;
  @Mixin private OutputOptions output;

  @Option(names = "--quiet", description = "Show no progress while the storm runs.")
  private boolean quiet;

  @Mixin private FileOptions files;
  @Mixin private ArchiveOptions archive;
  @Mixin private LimitOptions limits;

  @Override
  public Integer call() throws FileUnavailableException, InterruptedException {
    files.require();
    Carriers.spareOne();
    var file = sale.file();
    var wants = sale.wants(stock(), file);
    faults.seedOtherwise(part.seed());
    part.requirePossible(redis.embedded(), archive.records(), sale.once());
    var plan = load.plan(redis.timeout(), faults.seed(), wants, part.share());
    var database = target.database(file);
    if (database.isPresent()) {
      return stormDatabase(plan, file, wants, database.get()).status();
    }
    var steps = script.steps(file, wants.stock());
    if (steps.isPresent()) {
      return stormShop(plan, file, wants, steps.get()).status();
    }
    if (!target.given(file)) {
      return stormRedis(plan).status();
    }
    return stormEndpoint(plan, file, wants).status();
  }

  private ExitCode tryOut(StormPlan plan, ShopTarget shop) throws InterruptedException {
    var out = spec.commandLine().getOut();
    out.print(TrialText.of(shop.tryOut(plan, StormClock.system())));
    out.flush();
    return ExitCode.VALID;
  }

  private ExitCode stormEndpoint(StormPlan plan, Sale file, Wants wants)
      throws InterruptedException {
    var shop =
        UsageException.of(
            () -> new EndpointPlan(file, target.overrides(/* redis= */ false), wants, plan.load()));
    var endpoint = UsageException.of(() -> shop.endpoint(load.connections(), redis.timeout()));
    var whole = plan.with(shop.purchases(faults.seed()), endpoint.patience());
    return sale.once() ? tryOut(whole, endpoint) : stormShops(whole, List.of(endpoint));
  }

  private ExitCode stormShops(StormPlan plan, List<Target> shops) throws InterruptedException {
    var runs = archive.archive(output);
    // Before the stock is touched.
    runs.requireRecords();
    try (var interrupts = new Interrupts(ExitCode.INTERRUPTED.status())) {
      return storm(plan, shops, runs, interrupts);
    }
  }

  private ExitCode stormDatabase(StormPlan plan, Sale file, Wants wants, SqlAddress address)
      throws InterruptedException {
    if (file.sql().isPresent()) {
      var shop = sqlPlan(plan, file, wants, address);
      var whole = plan.with(shop.purchases(faults.seed()), Duration.ZERO);
      var seller = shop.target(load.connections());
      return sale.once() ? tryOut(whole, seller) : stormShops(whole, List.of(seller));
    }
    if (stock == null) {
      throw new UsageException("--strategy: a database needs a fresh stock; pass --stock N");
    }
    var shops = new ArrayList<SqlSalePlan>();
    var sellers = new ArrayList<ShopTarget>();
    for (var strategy : strategies.on(address, spec.commandLine().getErr())) {
      shops.add(sqlPlan(plan, strategy.sale(), wants, address));
      sellers.add(shops.getLast().target(strategy, load.connections()));
    }
    var whole = plan.with(shops.getFirst().purchases(faults.seed()), Duration.ZERO);
    return sale.once()
        ? tryOut(whole, sellers.getFirst())
        : stormShops(whole, List.copyOf(sellers));
  }

  private SqlSalePlan sqlPlan(StormPlan plan, Sale sale, Wants wants, SqlAddress address) {
    return UsageException.of(
        () -> new SqlSalePlan(sale, address, wants, plan.load(), redis.timeout()));
  }

  /** Storms a Redis that sells in its own way. */
  private ExitCode stormShop(StormPlan plan, Sale file, Wants wants, RedisSteps steps)
      throws InterruptedException {
    var replicas = (int) waitReplicas.value();
    if (load.pipeline()) {
      requireNoReplicas();
    }
    var faultPlan = faultPlan();
    var options = target.overrides(/* redis= */ true);
    var shop =
        UsageException.of(
            () ->
                new RedisSalePlan(
                    steps, file, options, wants, plan.load(), redis.timeout(), replicas));
    var runs = archive.archive(output);
    // Before the stock is touched.
    runs.requireRecords();
    try (var interrupts = new Interrupts(ExitCode.INTERRUPTED.status());
        var access = redis.open(embedded.plan(standby(faultPlan)), file.target())) {
      requirePlain(access, faultPlan);
      shop.surprises(access, redis.timeout(), replicas, StormClock.system())
          .forEach(words -> Stderr.say(spec.commandLine().getErr(), "warning: " + words));
      var whole = plan.with(shop.purchases(faults.seed()), Duration.ZERO);
      var seller =
          shop.target(
              access, load.connections(), load.pipeline(), redis.timeout(), replicas, faultPlan);
      return sale.once() ? tryOut(whole, seller) : storm(whole, List.of(seller), runs, interrupts);
    }
  }

  private static void requirePlain(RedisAccess access, FaultPlan plan) {
    if (access.address().tlsSpoken() && !plan.faults().isEmpty()) {
      throw new UsageException("--fault does not work over TLS, it must read the commands");
    }
  }

  private ExitCode stormRedis(StormPlan plan) throws InterruptedException {
    var connections = load.connections();
    var key = redis.key();
    var chosen = strategies.forRedis();
    if (stock == null && chosen.size() > 1) {
      throw new UsageException("--strategy: several need a fresh stock each; pass --stock N");
    }
    requireOneCommand();
    var faultPlan = faultPlan();
    var runs = archive.archive(output);
    // Before the stock is touched.
    runs.requireRecords();
    try (var interrupts = new Interrupts(ExitCode.INTERRUPTED.status());
        var access = redis.open(embedded.plan(standby(faultPlan)))) {
      requirePlain(access, faultPlan);
      access
          .checkSale(chosen, key, stock != null, (int) waitReplicas.value(), redis.timeout())
          .ifPresent(doubt -> Stderr.say(spec.commandLine().getErr(), "warning: " + doubt));
      var targets =
          chosen.stream()
              .map(
                  strategy ->
                      (Target)
                          new RedisTarget(
                              strategy,
                              access,
                              key,
                              stock(),
                              connections,
                              load.pipeline(),
                              redis.timeout(),
                              (int) waitReplicas.value(),
                              faultPlan))
              .toList();
      return storm(plan, targets, runs, interrupts);
    }
  }

  /** Storms all targets in turn, and shows what came of it; an interrupted storm is the last. */
  private ExitCode storm(
      StormPlan plan, List<Target> targets, RunArchive runs, Interrupts interrupts)
      throws InterruptedException {
    var err = spec.commandLine().getErr();
    var watch = new StormWatch(runs, interrupts, err, quiet);
    var finished = new ArrayList<FinishedRun>();
    try (var companions = part.join(plan, targets.size(), redis.timeout(), interrupts)) {
      for (var chosen : targets) {
        finished.add(watch.run(new StormRun(chosen, plan, companions), limits.limits()));
        if (interrupts.interrupted()) {
          break;
        }
      }
      part.bringTogether(finished, companions, runs, redis.timeout(), limits.limits());
    }
    show(finished, targets.size() > 1);
    finished.forEach(storm -> LimitOptions.tell(storm.report(), err));
    finished.forEach(storm -> storm.whyAllFailed().ifPresent(why -> Stderr.say(err, why)));
    var kept = files.keep(finished);
    return interrupts.interrupted() ? ExitCode.INTERRUPTED : ExitCode.of(kept);
  }

  private OptionalLong stock() {
    return stock == null ? OptionalLong.empty() : OptionalLong.of(stock.value());
  }

  /** The faults, if they fit together and fit the Redis that is meant. */
  private FaultPlan faultPlan() {
    var plan = faults.plan();
    var server = plan.onTheServer();
    if (!redis.embedded() && !server.isEmpty()) {
      throw new UsageException(
          "--fault %s needs a Redis of our own; pass --embedded"
              .formatted(server.getFirst().text()));
    }
    embedded.require(redis.embedded(), plan);
    var most = redis.embedded() ? 1 : MOST_REPLICAS;
    if (waitReplicas.value() < 0 || waitReplicas.value() > most) {
      throw new UsageException(
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
        throw new UsageException(
            "--pipeline: strategy %s is more than one command; choose from %s"
                .formatted(strategy, RedisStrategy.names(RedisStrategy::pipelines)));
      }
    }
    requireNoReplicas();
  }

  private void requireNoReplicas() {
    if (waitReplicas.value() > 0) {
      throw new UsageException(
          "--pipeline and --wait-replicas exclude each other: who waits for replicas would hold up"
              + " all who share the connection; give one of them");
    }
  }

  private boolean standby(FaultPlan plan) {
    return plan.failsOver() || waitReplicas.value() > 0;
  }

  private void show(List<FinishedRun> finished, boolean compared) {
    if (!compared) {
      output.format().print(finished.getFirst().report(), spec);
    } else {
      output
          .format()
          .print(new Comparison(finished.stream().map(FinishedRun::report).toList()), spec);
    }
  }
}
