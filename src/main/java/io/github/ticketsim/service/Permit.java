package io.github.ticketsim.service;

import java.util.concurrent.Semaphore;

/** A permit that is held until it is closed. For one thread. */
final class Permit implements AutoCloseable {
  private final Semaphore permits;
  private boolean held = true;

  /**
   * @param permits of which one was acquired
   */
  Permit(Semaphore permits) {
    this.permits = permits;
  }

  @Override
  public void close() {
    if (held) {
      held = false;
      permits.release();
    }
  }
}
