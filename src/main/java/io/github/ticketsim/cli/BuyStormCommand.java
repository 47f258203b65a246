package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.Ending.Cut;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.report.RunFolder;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.stock.redis.RedisControl;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import io.github.ticketsim.stock.redis.RedisStock;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.storm.Demand;
import io.github.ticketsim.storm.PurchaseIds;
import io.github.ticketsim.storm.Storm;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import io.github.ticketsim.storm.StormResult;
import io.github.ticketsim.verify.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "buy-storm",
    aliases = "storm",
    description =
        "Lets many buyers buy at once, records every attempt, judges the run and shows the proof."
            + " Exits with the verdict.")
final class BuyStormCommand implements Callable<Integer> {
  private static final int MOST_CONNECTIONS = 10_000;
  private static final int SILENCE_TIMEOUTS = 5;

  @Spec private CommandSpec spec;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Buyers, one virtual thread each. Default: ${DEFAULT-VALUE}")
  private Count threads;

  @Option(
      names = "--stock",
      paramLabel = "N",
      description = "Preload this many tickets first. Default: sell what the key holds")
  private @Nullable Count stock;

  @Option(
      names = "--purchases",
      paramLabel = "N",
      defaultValue = "1",
      description = "Attempts a buyer, one after the other. Default: ${DEFAULT-VALUE}")
  private Count purchases;

  @Option(
      names = "--duration",
      paramLabel = "D",
      description = "Buy until then instead, such as 500ms, 10s or 2m.")
  private @Nullable Duration duration;

  @Option(
      names = "--pool",
      paramLabel = "N",
      defaultValue = "64",
      description = "Connections in the pool, never more than buyers. Default: ${DEFAULT-VALUE}")
  private Count pool;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      defaultValue = "decr",
      description = "How to buy: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private RedisStrategy strategy;

  @Mixin private RedisOptions redis;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws FolderUnavailableException, InterruptedException {
    var plan = plan();
    var clock = StormClock.system();
    try (var interrupts = new Interrupts();
        var access = redis.open();
        var control = RedisControl.connect(access.endpoint(), redis.timeout())) {
      var folder = folder(clock);
      try {
        var history = storm(plan, clock, access.endpoint(), control, interrupts);
        return conclude(history, folder);
      } finally {
        discardIfEmpty(folder);
      }
    }
  }

  private StormPlan plan() {
    var buyers = inRange("--threads", threads, StormPlan.MOST_BUYERS);
    var perBuyer = inRange("--purchases", purchases, Integer.MAX_VALUE);
    inRange("--pool", pool, MOST_CONNECTIONS);
    var until = Optional.ofNullable(duration);
    if (until.isPresent() && spec.commandLine().getParseResult().hasMatchedOption("--purchases")) {
      throw usage("--purchases and --duration exclude each other; give one of them");
    }
    var room = heapRoom(buyers, until.isPresent() ? buyers : (long) buyers * perBuyer);
    return new StormPlan(
        buyers,
        until
            .<Demand>map(limit -> new Demand.Until(limit, room))
            .orElseGet(() -> new Demand.Purchases(perBuyer)),
        redis.timeout().multipliedBy(SILENCE_TIMEOUTS));
  }

  private int inRange(String option, Count count, int most) {
    if (count.value() < 1 || count.value() > most) {
      throw usage("%s: %d, expected 1 to %d".formatted(option, count.value(), most));
    }
    return (int) count.value();
  }

  private int heapRoom(int buyers, long attempts) {
    var room = HeapRoom.attempts(Runtime.getRuntime().maxMemory(), buyers);
    if (attempts > room) {
      throw usage(
          "--threads, --purchases: %d buyers and %d attempts, but this JVM's heap has room for %d attempts; lower them, or raise the heap with JAVA_TOOL_OPTIONS=-Xmx..."
              .formatted(buyers, attempts, Math.max(0, room)));
    }
    return (int) Math.min(room, Ledger.MOST_ATTEMPTS);
  }

  private RunFolder folder(StormClock clock) throws FolderUnavailableException {
    try {
      return RunFolder.create(output.out(), clock.wall().instant(), strategy.word());
    } catch (IOException e) {
      throw new FolderUnavailableException(output.out(), e);
    }
  }

  private void discardIfEmpty(RunFolder folder) {
    try {
      folder.deleteIfEmpty();
    } catch (IOException e) {
      warn("the empty folder " + folder.path() + " could not be removed: " + e.getMessage());
    }
  }

  private History storm(
      StormPlan plan,
      StormClock clock,
      RedisEndpoint endpoint,
      RedisControl control,
      Interrupts interrupts)
      throws InterruptedException {
    if (stock != null) {
      control.preload(strategy, redis.key(), stock.value());
    }
    var counter = control.requireStock(strategy, redis.key());
    var id = PurchaseIds.random().next(clock.wall().millis());
    var connections = (int) Math.min(pool.value(), plan.buyers());
    var setup =
        new Run.Setup(
            Version.number(),
            control.server(),
            load(plan.demand()),
            connections,
            redis.timeout().toMillis());
    try (var tickets =
        RedisStock.open(
            endpoint,
            strategy,
            redis.key(),
            redis.timeout(),
            connections,
            "ticket-sim-" + id,
            clock.nanos())) {
      var storm = new Storm(plan, tickets, clock, PurchaseIds.random());
      interrupts.onFirst(
          () -> {
            warn(
                "interrupted: attempts under way finish, then comes the report; Ctrl-C again quits"
                    + " at once");
            storm.interrupt();
          });
      var result = run(storm, plan);
      return history(id, counter, plan, tickets, result, setup);
    }
  }

  private static StormResult run(Storm storm, StormPlan plan) throws InterruptedException {
    if (!Terminal.showsProgress()) {
      return storm.run();
    }
    var attempts =
        switch (plan.demand()) {
          case Demand.Purchases(var perBuyer) -> (long) plan.buyers() * perBuyer;
          case Demand.Until _ -> -1;
        };
    try (var _ = new StormView(storm.progress(), attempts)) {
      return storm.run();
    }
  }

  private History history(
      UUID id, long counter, StormPlan plan, Stock tickets, StormResult result, Run.Setup setup) {
    return new History(
        new Run(
            id,
            result.started(),
            tickets.strategy(),
            tickets.model(),
            redis.key(),
            counter,
            plan.buyers(),
            Optional.of(setup)),
        result.attempts(),
        result.ending());
  }

  private static String load(Demand demand) {
    return switch (demand) {
      case Demand.Purchases(var perBuyer) ->
          perBuyer + (perBuyer == 1 ? " purchase" : " purchases") + " a buyer";
      case Demand.Until(var limit, _) -> "for " + limit.toMillis() + " ms";
    };
  }

  /** Saves the history before anything else can go wrong, then shows what it proves. */
  private int conclude(History history, RunFolder folder) {
    var saved = true;
    RunReport report;
    try {
      folder.save(history);
      report = RunReport.of(history, folder.path());
      folder.save(report);
    } catch (IOException e) {
      saved = false;
      report = RunReport.of(history, folder.path());
      warn(new FolderUnavailableException(folder.path(), e).getMessage());
    }
    output.print(report, spec);
    if (history.ending().cut() == Cut.INTERRUPTED) {
      return ExitCode.INTERRUPTED.status();
    }
    var result = report.verdict().result();
    return saved || result == Verdict.Result.INVALID
        ? ExitCode.of(result).status()
        : ExitCode.UNAVAILABLE.status();
  }

  private void warn(@Nullable String message) {
    spec.commandLine().getErr().println("ticket-sim: " + message);
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
