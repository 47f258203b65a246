package io.github.ticketsim.storm;

/** Starts the buyers of a load. */
sealed interface LoadDriver permits ClosedLoadDriver, OpenLoadDriver {

  /** Does what must not cost time once the storm has begun. */
  void prepare() throws InterruptedException;

  /** Starts the buyers, and returns at once. Comes after the window has opened. */
  void start();

  /**
   * Waits until no attempt is under way and none will begin.
   *
   * @return false when {@code millis} were over first
   */
  boolean awaitEnd(long millis) throws InterruptedException;

  /** Whether an attempt is under way, so that a reply can be expected. */
  boolean underWay();

  /** How many buyers were started so far. */
  int buyers();
}
