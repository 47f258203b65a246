package io.github.ticketsim.stock;

/** A stock whose attempts have no time limit of their own, such as a method of the user's. */
public interface Endless extends Stock {

  /** Interrupts the attempts under way. */
  void interrupt();

  /** Where an attempt stands that is under way; empty words if none is. */
  String place();
}
