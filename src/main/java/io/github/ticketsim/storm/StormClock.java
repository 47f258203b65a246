package io.github.ticketsim.storm;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks of a storm.
 *
 * @param nanos monotonic; orders the attempts
 * @param wall for people; orders nothing
 */
public record StormClock(LongSupplier nanos, InstantSource wall) {

  /** The clocks of this machine. */
  public static StormClock system() {
    return new StormClock(System::nanoTime, InstantSource.system());
  }
}
