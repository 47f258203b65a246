package io.github.ticketsim.stock.redis;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * All readers of a stock, of whom those who are awake let the others look from time to time.
 *
 * <p>Whom the kernel wakes stands behind all threads that can run, and behind all whom these wake:
 * where every processor is busy, until the end of the storm.
 */
final class Lookouts {
  private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final LongSupplier nanoClock;
  private final AtomicLong nextRoundNanos;
  private final Set<Thread> asleep = ConcurrentHashMap.newKeySet();

  /**
   * @param nanoClock monotonic
   */
  Lookouts(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.nextRoundNanos = new AtomicLong(nanoClock.getAsLong());
  }

  /**
   * The calling thread is about to wait for the kernel; being woken for nothing does not matter.
   */
  void fallAsleep() {
    asleep.add(Thread.currentThread());
  }

  /** The calling thread waits no more. */
  void wakeUp() {
    asleep.remove(Thread.currentThread());
  }

  /** The calling thread has found a reply by itself. */
  void found() {
    var now = nanoClock.getAsLong();
    var next = nextRoundNanos.get();
    if (now - next >= 0 && nextRoundNanos.compareAndSet(next, now + ROUND_NANOS)) {
      asleep.forEach(LockSupport::unpark);
    }
  }
}
