package io.github.ticketsim.storm;

import io.github.ticketsim.ledger.Ending.StopReason;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** Whether attempts may still begin: from the start to the deadline or an early stop. */
final class StormWindow {
  private static final long NOT_STARTED = 0;

  private final LongSupplier nanoClock;
  private final AtomicReference<StopReason> stopReason = new AtomicReference<>(StopReason.NONE);
  private volatile long startNanos;
  private volatile long startEpochMillis;
  private volatile long lengthNanos;

  /**
   * @param epochMillis now, for what is dated before the start
   */
  StormWindow(LongSupplier nanoClock, long epochMillis) {
    this.nanoClock = nanoClock;
    this.startEpochMillis = epochMillis;
  }

  /** Starts the time, at {@code epochMillis}. Comes before any buyer is started. */
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
    return lengthNanos == NOT_STARTED ? 0 : now();
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

  /** Ends the storm early; the first reason given stands. */
  void end(StopReason reason) {
    stopReason.compareAndSet(StopReason.NONE, reason);
  }

  /** Whether an attempt may begin; before the start, whether one may wait for it. */
  boolean open() {
    var end = lengthNanos;
    // Asked before every attempt: the clock is read only where it has a say.
    return stopReason.get() == StopReason.NONE
        && (end == Long.MAX_VALUE || end == NOT_STARTED || now() < end);
  }

  /**
   * The same so long after the start. All storms go through it alike: a branch that the JIT warm-up
   * does not take is compiled anew in the middle of the storm.
   */
  boolean openAt(long nanos) {
    return stopReason.get() == StopReason.NONE && nanos < lengthNanos;
  }

  StopReason stopReason() {
    return stopReason.get();
  }
}
