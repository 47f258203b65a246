package io.github.ticketsim.cli;

import io.github.ticketsim.fault.FaultPlan;
import io.github.ticketsim.fault.FaultSpec;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that put faults into a storm. */
final class FaultOptions {

  @Option(
      names = "--fault",
      paramLabel = "FAULT",
      completionCandidates = Candidates.OfFaults.class,
      description = {
        "What shall go wrong; may be repeated.",
        "On the wire: drop-reply:P, reset:P, cut-request:P, delay:P:D. P is a share of the"
            + " commands such as 1%%, or #17 for the 17th.",
        "On the server (with --embedded): kill@T, pause@T:D, power-loss@T, failover@T. T is a"
            + " share of the attempts such as 50%%, or a time such as 2s."
      })
  private List<FaultSpec> faults = List.of();

  FaultPlan plan(long seed) {
    return new FaultPlan(List.copyOf(faults), seed);
  }
}
