package io.github.ticketsim.fault;

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
