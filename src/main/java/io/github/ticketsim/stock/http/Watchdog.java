package io.github.ticketsim.stock.http;

import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Looks after all deadlines. A socket has a limit of its own for each piece that it reads, but none
 * for a whole reply that trickles in, nor for a request that nobody takes.
 */
final class Watchdog implements AutoCloseable {
  private static final int CHECK_MILLIS = 10;

  private final LongSupplier nanoClock;
  private final Set<Deadline> deadlines = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService checks =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("watchdog").factory());

  Watchdog(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    var _ =
        checks.scheduleAtFixedRate(this::check, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void check() {
    var now = nanoClock.getAsLong();
    deadlines.forEach(deadline -> deadline.check(now));
  }

  Deadline watch(Socket socket) {
    var deadline = new Deadline(socket);
    deadlines.add(deadline);
    return deadline;
  }

  void forget(Deadline deadline) {
    deadlines.remove(deadline);
  }

  long now() {
    return nanoClock.getAsLong();
  }

  @Override
  public void close() {
    checks.shutdownNow();
  }
}
