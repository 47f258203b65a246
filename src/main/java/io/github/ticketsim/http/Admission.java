package io.github.ticketsim.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Who may begin to buy: so many at once, and nobody any more once the service closes. */
final class Admission {
  private final int most;
  private final Semaphore places;
  private volatile boolean closing;

  Admission(int most) {
    this.most = most;
    this.places = new Semaphore(most);
  }

  /** Lets one in, who must {@link #leave}; or says why not. Never waits. */
  Optional<Refusal> enter() {
    if (closing) {
      return Optional.of(Refusal.CLOSING);
    }
    if (!places.tryAcquire()) {
      return Optional.of(Refusal.IN_FLIGHT);
    }
    if (closing) {
      // Between the two looks the door was closed; whoever closed it waits for this place.
      places.release();
      return Optional.of(Refusal.CLOSING);
    }
    return Optional.empty();
  }

  void leave() {
    places.release();
  }

  int inside() {
    return most - places.availablePermits();
  }

  /** Lets nobody in any more, and waits until all have left; returns whether they have. */
  boolean close(Duration limit) throws InterruptedException {
    closing = true;
    if (!places.tryAcquire(most, limit.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    places.release(most);
    return true;
  }
}
