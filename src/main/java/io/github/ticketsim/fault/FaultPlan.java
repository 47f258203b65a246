package io.github.ticketsim.fault;

import io.github.ticketsim.redis.Topology;
import java.util.List;

/**
 * The faults of a storm.
 *
 * @param faults in the order in which they were asked for
 * @param seed places those that are left to chance
 */
public record FaultPlan(List<FaultSpec> faults, long seed) {
  /** Nothing goes wrong. */
  public static final FaultPlan NONE = new FaultPlan(List.of(), 0);

  /**
   * @throws IllegalArgumentException if they do not fit together
   */
  public FaultPlan {
    faults = List.copyOf(faults);
    if (faults.stream().anyMatch(FaultSpec.Failover.class::isInstance)
        && faults.stream().anyMatch(FaultSpec.PowerLoss.class::isInstance)) {
      throw new IllegalArgumentException(
          "failover and power-loss exclude each other; give one of them");
    }
  }

  /** Whether a standby must be there to take over. */
  public boolean failsOver() {
    return faults.stream().anyMatch(FaultSpec.Failover.class::isInstance);
  }

  /**
   * Makes sure that all of them can be injected into a private Redis.
   *
   * @throws IllegalArgumentException if one cannot
   */
  public void requireFits(Topology topology) {
    for (var fault : onTheServer()) {
      var fits =
          fault instanceof FaultSpec.Failover failover
              ? topology.allows(failover.how())
              : topology == Topology.SINGLE;
      if (!fits) {
        throw new IllegalArgumentException(
            "--fault %s does not work with --topology %s; choose from %s"
                .formatted(
                    fault.text(),
                    topology,
                    switch (topology) {
                      case SINGLE -> "kill@T, pause@T:D, power-loss@T, failover@T";
                      case SENTINEL -> "failover@T, failover:kill@T";
                      case CLUSTER -> "failover@T, failover:force@T, failover:kill@T";
                    }));
      }
    }
  }

  /** Those between the pool and Redis. */
  public List<FaultSpec.OnTheWire> onTheWire() {
    return faults.stream()
        .filter(FaultSpec.OnTheWire.class::isInstance)
        .map(FaultSpec.OnTheWire.class::cast)
        .toList();
  }

  /** Those of the server itself. */
  public List<FaultSpec.OnTheServer> onTheServer() {
    return faults.stream()
        .filter(FaultSpec.OnTheServer.class::isInstance)
        .map(FaultSpec.OnTheServer.class::cast)
        .toList();
  }
}
