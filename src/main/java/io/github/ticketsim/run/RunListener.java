package io.github.ticketsim.run;

import io.github.ticketsim.storm.Storm;

/** Is told how a run goes. */
public interface RunListener {

  /** Does nothing. */
  RunListener NONE = new RunListener() {};

  /** The target answers. Nothing of it has been changed yet, and an exception ends the run here. */
  default void reached() {}

  /**
   * The storm is about to start.
   *
   * @param storm tells how far it is, and can be interrupted, from any thread
   * @return closed when the last attempt has ended
   */
  default Observation watch(Storm storm) {
    return () -> {};
  }

  /** Watches one storm. */
  interface Observation extends AutoCloseable {
    @Override
    void close();
  }
}
