package io.github.ticketsim.fault;

import java.time.Duration;

/** How far a storm has come. Read by other threads than those that drive it. */
public interface StormProgress {

  /** The share of its attempts that have been made, or of its time that has passed. */
  double share();

  /** How long it has been going on; zero before it began. */
  Duration elapsed();

  /** How many attempts have had a reply. */
  long replies();

  /** How many attempts can be at the server at once, sent and without a reply. */
  int mostInFlight();

  /** Whether no further attempt is made. */
  boolean over();
}
