package io.github.ticketsim.storm;

import io.github.ticketsim.ledger.Ending.Cut;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** Whether attempts may still begin: until the time is up, or somebody ends the sale early. */
final class Sale {
  private static final long NOT_BEGUN = 0;

  private final LongSupplier nanoClock;
  private final AtomicReference<Cut> cut = new AtomicReference<>(Cut.NONE);
  private volatile long startNanos;
  private volatile long startEpochMillis;
  private volatile long lengthNanos;

  Sale(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Starts the time, at {@code epochMillis}. Comes before any buyer is released. */
  void start(long epochMillis, long lengthNanos) {
    this.startEpochMillis = epochMillis;
    this.startNanos = nanoClock.getAsLong();
    this.lengthNanos = lengthNanos;
  }

  /** When the time was started, on the clock. */
  long startNanos() {
    return startNanos;
  }

  /**
   * What a clock on the wall shows so long after the start, unless somebody has set it meanwhile.
   * Spares each attempt the look at it.
   */
  long epochMillis(long nanos) {
    return startEpochMillis + TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  /** Nanoseconds since the storm began; zero before. */
  long elapsed() {
    return lengthNanos == NOT_BEGUN ? 0 : now();
  }

  /** Nanoseconds since the storm began. */
  long now() {
    return since(nanoClock.getAsLong());
  }

  /** From the beginning of the storm to {@code nanos} on the clock. */
  long since(long nanos) {
    return nanos - startNanos;
  }

  LongSupplier nanoClock() {
    return nanoClock;
  }

  /** Ends the sale early; the first reason given stands. */
  void end(Cut reason) {
    cut.compareAndSet(Cut.NONE, reason);
  }

  /** Whether an attempt may begin; before the start, whether one may wait for it. */
  boolean open() {
    var end = lengthNanos;
    // Asked before every attempt: the clock is read only where it has a say.
    return cut.get() == Cut.NONE && (end == Long.MAX_VALUE || end == NOT_BEGUN || now() < end);
  }

  Cut cut() {
    return cut.get();
  }
}
