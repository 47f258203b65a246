package io.github.ticketsim.service;

import java.util.concurrent.Semaphore;

/** A permit that its holder has, and gives back once. For one thread. */
final class Permit implements AutoCloseable {
  private final Semaphore places;
  private boolean held = true;

  /**
   * @param places of which one has been acquired
   */
  Permit(Semaphore places) {
    this.places = places;
  }

  @Override
  public void close() {
    if (held) {
      held = false;
      places.release();
    }
  }
}
