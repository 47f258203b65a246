package io.github.ticketsim.storm;

/** Lets buyers loose upon a sale, in the way of its load. */
sealed interface Release permits Rush, Pacer {

  /** Does what must not cost time once the storm has begun. */
  void prepare() throws InterruptedException;

  /** Lets the buyers go, and returns at once. Comes after the sale has started. */
  void start();

  /**
   * Waits until no attempt is under way and none will begin.
   *
   * @return false when {@code millis} were over first
   */
  boolean awaitEnd(long millis) throws InterruptedException;

  /** Whether an attempt is under way, so that a reply can be expected. */
  boolean underWay();

  /** How many buyers were let go so far. */
  int buyers();
}
