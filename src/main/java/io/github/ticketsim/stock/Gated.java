package io.github.ticketsim.stock;

/** A stock whose leases can be held back, so that buyers queue before the sale begins. */
public interface Gated extends Stock {

  /**
   * Holds back all leases until the gate is opened. Call before the first {@link #acquire}.
   *
   * @return opens the gate
   */
  Runnable startGate();
}
