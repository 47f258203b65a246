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
 * Looks after all deadlines. A socket has a limit of its own for each piece that it reads, but none
 * for a whole reply that trickles in, nor for a request that nobody takes.
 */
public final class Watchdog implements AutoCloseable {
  private static final int CHECK_MILLIS = 10;

  private final LongSupplier nanoClock;
  private final Set<Deadline> deadlines = ConcurrentHashMap.newKeySet();

  /** On a thread of the system: a virtual one would stand behind all that it looks after. */
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
    // What is late once starts nothing any more.
    deadlines.removeIf(deadline -> deadline.check(now));
  }

  /** A deadline that closes {@code connection}, which is safe to do from any thread. */
  public Deadline watch(Closeable connection) {
    return watch(connection, () -> false);
  }

  /**
   * The same.
   *
   * @param answered whether the answer is there, and only we are late to read it: then it is let be
   */
  public Deadline watch(Closeable connection, BooleanSupplier answered) {
    var deadline = new Deadline(connection, answered);
    deadlines.add(deadline);
    return deadline;
  }

  /** Looks after {@code deadline} no more. */
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
