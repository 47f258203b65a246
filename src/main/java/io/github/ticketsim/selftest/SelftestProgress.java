package io.github.ticketsim.selftest;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Counts the steps of a self-test, and tells how it is going in one line. */
public final class SelftestProgress implements Course {
  private final int steps;
  private final BooleanSupplier open;
  private final AtomicInteger done = new AtomicInteger();

  /**
   * @param steps how many there are
   * @param open whether to begin with the next line
   */
  public SelftestProgress(int steps, BooleanSupplier open) {
    this.steps = steps;
    this.open = open;
  }

  /** How far it is. */
  public String line() {
    var count = done.get();
    return String.format(
        Locale.ROOT, "selftest %3d %%  %d of %d steps", 100 * count / steps, count, steps);
  }

  @Override
  public boolean open() {
    return open.getAsBoolean();
  }

  @Override
  public void advance() {
    done.incrementAndGet();
  }
}
