package io.github.ticketsim.stock.deadline;

import java.io.Closeable;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Checks all deadlines. The read timeout of a socket bounds each single read; it bounds neither a
 * whole reply that trickles in, nor a request that the peer does not read.
 */
public final class Watchdog implements AutoCloseable {
  private static final int CHECK_MILLIS = 10;

  private final LongSupplier nanoClock;
  private final Set<Deadline> deadlines = ConcurrentHashMap.newKeySet();

  /** A platform thread: a virtual one would queue behind the threads whose deadlines it checks. */
  private final ScheduledExecutorService checks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("watchdog").factory());

  /**
   * @param nanoClock monotonic
   */
  public Watchdog(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    var _ =
        checks.scheduleAtFixedRate(this::check, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void check() {
    var now = nanoClock.getAsLong();
    // A missed deadline never starts again, so it needs no further check.
    deadlines.removeIf(deadline -> deadline.check(now));
  }

  /** Makes a deadline that closes {@code connection}; closing must be safe from any thread. */
  public Deadline watch(Closeable connection) {
    return watch(connection, () -> false);
  }

  /**
   * Makes a deadline that spares a connection whose reply has arrived.
   *
   * @param answered whether the reply has arrived and only this JVM is late to read it
   */
  public Deadline watch(Closeable connection, BooleanSupplier answered) {
    var deadline = new Deadline(connection, answered);
    deadlines.add(deadline);
    return deadline;
  }

  /** Stops checking {@code deadline}. */
  public void forget(Deadline deadline) {
    deadlines.remove(deadline);
  }

  /** Nanoseconds on the clock. */
  public long now() {
    return nanoClock.getAsLong();
  }

  @Override
  public void close() {
    checks.shutdownNow();
  }
}
