package io.github.ticketsim.cli;

import io.github.ticketsim.fault.FaultPlan;
import io.github.ticketsim.redis.Deployment.DeploymentPlan;
import io.github.ticketsim.redis.Persistence;
import io.github.ticketsim.redis.Topology;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say what the Redis of {@code --embedded} is like. */
final class EmbeddedOptions {
  private static final String NODES = "--nodes";
  private static final List<String> NAMES = List.of("--topology", NODES, "--persistence");
  private static final int FEWEST = 3;
  private static final int MOST = 16;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--topology",
      paramLabel = "TOPOLOGY",
      defaultValue = "single",
      description =
          "What --embedded starts: a single server, sentinel (a primary, a replica, three"
              + " Sentinels) or cluster (primaries with a replica each). Default: ${DEFAULT-VALUE}")
  private Topology topology;

  @Option(
      names = NODES,
      paramLabel = "N",
      description =
          "Primaries of the cluster of --embedded, "
              + FEWEST
              + " to "
              + MOST
              + ". Default: "
              + FEWEST)
  private @Nullable Count nodes;

  @Option(
      names = "--persistence",
      paramLabel = "FSYNC",
      defaultValue = "none",
      description =
          "What the Redis of --embedded keeps on disk: none, everysec or always. Default:"
              + " ${DEFAULT-VALUE}")
  private Persistence persistence;

  /** Makes sure that they fit together, and {@code faults} fit them. */
  void require(boolean embedded, FaultPlan faults) {
    if (!embedded) {
      NAMES.stream()
          .filter(command.commandLine().getParseResult()::hasMatchedOption)
          .findFirst()
          .ifPresent(
              option -> {
                throw new UsageException(
                    "%s %s needs a Redis of our own; pass --embedded"
                        .formatted(
                            option,
                            command
                                .commandLine()
                                .getParseResult()
                                .matchedOption(option)
                                .originalStringValues()
                                .getFirst()));
              });
      return;
    }
    if (nodes != null) {
      if (topology != Topology.CLUSTER) {
        throw new UsageException("--nodes are those of a cluster; pass --topology cluster");
      }
      if (nodes.value() < FEWEST || nodes.value() > MOST) {
        throw new UsageException(
            "--nodes: %d, expected %d to %d".formatted(nodes.value(), FEWEST, MOST));
      }
    }
    UsageException.of(
        () -> {
          faults.requireFits(topology);
          return faults;
        });
  }

  DeploymentPlan plan(boolean standby) {
    var primaries = nodes == null ? FEWEST : (int) nodes.value();
    return new DeploymentPlan(topology, primaries, persistence, standby);
  }
}
