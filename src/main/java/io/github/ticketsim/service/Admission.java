package io.github.ticketsim.service;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Limits the purchases under way; admits none once the service closes. */
public final class Admission {
  private final int most;
  private final Semaphore permits;
  private volatile boolean closing;

  Admission(int most) {
    this.most = most;
    this.permits = new Semaphore(most);
  }

  /** Admits a purchase, which must {@link #leave}, or says why not. Never waits. */
  public Optional<Refusal> enter() {
    if (closing) {
      return Optional.of(Refusal.CLOSING);
    }
    if (!permits.tryAcquire()) {
      return Optional.of(Refusal.IN_FLIGHT);
    }
    if (closing) {
      // Closed in between; the closing thread waits for this permit.
      permits.release();
      return Optional.of(Refusal.CLOSING);
    }
    return Optional.empty();
  }

  /** Ends what {@link #enter} began. */
  public void leave() {
    permits.release();
  }

  /** How many purchases are under way. */
  public int inside() {
    return most - permits.availablePermits();
  }

  /** Admits none any more, and waits until all have left; returns whether they have. */
  boolean close(Duration limit) throws InterruptedException {
    closing = true;
    if (!permits.tryAcquire(most, limit.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    permits.release(most);
    return true;
  }
}
