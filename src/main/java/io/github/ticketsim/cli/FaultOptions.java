package io.github.ticketsim.cli;

import io.github.ticketsim.fault.FaultPlan;
import io.github.ticketsim.fault.FaultSpec;
import io.github.ticketsim.fault.FaultSpecs;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that put faults into a storm, and repeat what is left to chance. */
final class FaultOptions {

  @Option(
      names = "--fault",
      paramLabel = "FAULT",
      completionCandidates = Examples.class,
      description = {
        "What shall go wrong; may be repeated.",
        "On the wire: drop-reply:P, reset:P, cut-request:P, delay:P:D. P is a share of the"
            + " commands such as 1%%, or #17 for the 17th.",
        "On the server (with --embedded): kill@T, pause@T:D, power-loss@T, failover@T. T is a"
            + " share of the attempts such as 50%%, or a time such as 2s.",
        "With --topology: failover@T, failover:force@T (cluster), failover:kill@T."
      })
  private List<FaultSpec> faults = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Repeats what is left to chance. Default: random, and shown in the report")
  private @Nullable Long seed;

  /** No greater, so that people can copy it. */
  private long otherwise = new Random().nextInt(Integer.MAX_VALUE);

  /** One of each kind, for a completion script. */
  private static final class Examples implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return FaultSpecs.examples().iterator();
    }
  }

  long seed() {
    return Objects.requireNonNullElse(seed, otherwise);
  }

  /** Draws by {@code shared}, if it is there, unless the user gave a seed. */
  void seedOtherwise(OptionalLong shared) {
    otherwise = shared.orElse(otherwise);
  }

  FaultPlan plan() {
    return UsageException.named("--fault", () -> new FaultPlan(faults, seed()));
  }
}
