package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.storm.Demand;
import io.github.ticketsim.storm.StormPlan;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how many buyers buy how much over how many connections. */
final class LoadOptions {
  private static final int MOST_CONNECTIONS = 10_000;
  private static final int DEFAULT_POOL = 64;
  private static final int DEFAULT_SHARED = 2;
  private static final int SILENCE_TIMEOUTS = 5;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Buyers, one virtual thread each. Default: ${DEFAULT-VALUE}")
  private Count threads;

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
      description =
          "Connections in the pool, never more than buyers. Default: "
              + DEFAULT_POOL
              + "; with --pipeline "
              + DEFAULT_SHARED)
  private @Nullable Count pool;

  @Option(
      names = "--pipeline",
      description =
          "Buyers share the connections: commands that wait at the same moment are written"
              + " together. For strategies of one command: decr, lua.")
  private boolean pipeline;

  /** The storm that the options ask for, or a usage error. */
  StormPlan plan(Duration timeout) {
    var buyers = inRange("--threads", threads, StormPlan.MOST_BUYERS);
    var perBuyer = inRange("--purchases", purchases, Integer.MAX_VALUE);
    var until = Optional.ofNullable(duration);
    if (until.isPresent()
        && command.commandLine().getParseResult().hasMatchedOption("--purchases")) {
      throw usage("--purchases and --duration exclude each other; give one of them");
    }
    var room = heapRoom(buyers, until.isPresent() ? buyers : (long) buyers * perBuyer);
    return new StormPlan(
        buyers,
        until
            .<Demand>map(limit -> new Demand.Until(limit, room))
            .orElseGet(() -> new Demand.Purchases(perBuyer)),
        timeout.multipliedBy(SILENCE_TIMEOUTS));
  }

  /** How many connections the pool has. */
  int connections() {
    var connections = pipeline ? DEFAULT_SHARED : DEFAULT_POOL;
    if (pool != null) {
      connections = inRange("--pool", pool, MOST_CONNECTIONS);
    }
    return Math.min(connections, (int) threads.value());
  }

  /** Whether buyers share connections. */
  boolean pipeline() {
    return pipeline;
  }

  private int inRange(String option, Count count, int most) {
    if (count.value() < 1 || count.value() > most) {
      throw usage("%s: %d, expected 1 to %d".formatted(option, count.value(), most));
    }
    return (int) count.value();
  }

  private int heapRoom(int buyers, long attempts) {
    var room =
        Math.min(HeapRoom.attempts(Runtime.getRuntime().maxMemory(), buyers), Ledger.MOST_ATTEMPTS);
    if (attempts > room) {
      throw usage(
          "--threads, --purchases: %d buyers and %d attempts, but this JVM's heap has room for %d attempts; lower them, or raise the heap with JAVA_TOOL_OPTIONS=-Xmx..."
              .formatted(buyers, attempts, Math.max(0, room)));
    }
    return (int) room;
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
