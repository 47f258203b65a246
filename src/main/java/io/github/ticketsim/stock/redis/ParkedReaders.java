package io.github.ticketsim.stock.redis;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The blocked readers of a stock. Running readers unpark them from time to time, so that they poll
 * again.
 *
 * <p>A thread that the kernel wakes is queued behind every runnable virtual thread, and behind all
 * threads that those unpark: if every processor is busy, until the end of the storm.
 */
final class ParkedReaders {
  private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final LongSupplier nanoClock;
  private final AtomicLong nextRoundNanos;
  private final Set<Thread> parked = ConcurrentHashMap.newKeySet();

  /**
   * @param nanoClock monotonic
   */
  ParkedReaders(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.nextRoundNanos = new AtomicLong(nanoClock.getAsLong());
  }

  /** The calling thread is about to block; a spurious unpark does no harm. */
  void beforePark() {
    parked.add(Thread.currentThread());
  }

  /** The calling thread runs again. */
  void afterPark() {
    parked.remove(Thread.currentThread());
  }

  /** Unparks all blocked readers, at most once a round. */
  void unparkIfDue() {
    var now = nanoClock.getAsLong();
    var next = nextRoundNanos.get();
    if (now - next >= 0 && nextRoundNanos.compareAndSet(next, now + ROUND_NANOS)) {
      parked.forEach(LockSupport::unpark);
    }
  }
}
