package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.Attempts;

/** How much a storm may record, so that the heap runs out before it begins and not within it. */
final class HeapRoom {
  /** Classes, connections, buffers: measured, with a margin. */
  private static final long BASE_BYTES = 32L << 20;

  /** A virtual thread that waits in line with its stack: measured, with a margin. */
  private static final long BYTES_A_BUYER = 3 << 10;

  /**
   * Recording takes one share, the arrays that judging sorts take less than another, and an attempt
   * that failed refers to its error.
   */
  private static final long BYTES_AN_ATTEMPT = 2L * Attempts.BYTES_EACH + Long.BYTES;

  private HeapRoom() {}

  /** How many attempts of {@code buyers} fit; may be negative. */
  static long attempts(long heapBytes, int buyers) {
    return (heapBytes - BASE_BYTES - buyers * BYTES_A_BUYER) / BYTES_AN_ATTEMPT;
  }
}
