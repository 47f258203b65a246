package io.github.ticketsim.selftest;

/** How a self-test is going, and whether it may go on. */
public interface Course {

  /** Whether to begin with the next line. */
  boolean open();

  /** Says that one more step is done. */
  void advance();
}
