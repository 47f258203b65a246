package io.github.ticketsim.stock.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where buyers leave what they begin with, so that none has to be woken at the start. */
final class StartGate {

  /** What waits; null while the gate is open. */
  private @Nullable List<Runnable> held;

  /**
   * Closes the gate.
   *
   * @return opens it
   */
  synchronized Runnable close() {
    held = new ArrayList<>();
    return () -> open().forEach(Runnable::run);
  }

  private synchronized List<Runnable> open() {
    var all = held == null ? List.<Runnable>of() : held;
    held = null;
    return all;
  }

  /** Runs {@code beginning}: now if the gate is open, else in the thread that opens it. */
  void pass(Runnable beginning) {
    if (!holds(beginning)) {
      beginning.run();
    }
  }

  private synchronized boolean holds(Runnable beginning) {
    return held != null && held.add(beginning);
  }
}
