package io.github.ticketsim.ledger;

/** How much a storm may record, so that the heap runs out before it begins and not within it. */
public final class HeapRoom {
  /** Classes, connections, buffers: measured, with a margin. */
  private static final long BASE_BYTES = 32L << 20;

  /** A virtual thread that waits in line with its stack: measured, with a margin. */
  private static final long BYTES_A_BUYER = 3 << 10;

  /**
   * Recording takes one share, the arrays that judging sorts take less than another, and an attempt
   * that failed refers to its error.
   */
  private static final long BYTES_AN_ATTEMPT = 2L * Attempts.BYTES_EACH + Long.BYTES;

  /**
   * The same in a closed load of a pipeline, where each attempt asks for one ticket of the only
   * item: judging takes 13 bytes of each if the sale was sound, measured, and may take 20.
   */
  private static final long BYTES_A_PLAIN_ATTEMPT = Chunk.PLAIN_BYTES_EACH + Integer.BYTES + 20;

  /** A client's connection with its thread and buffers: measured, with a margin. */
  private static final long BYTES_A_CONNECTION = 40 << 10;

  /** A remembered key of the greatest length with its answer. */
  private static final long BYTES_A_KEY = 700;

  private HeapRoom() {}

  /** How many connections of clients fit into a quarter of the heap. */
  public static long connections(long heapBytes) {
    return heapBytes / 4 / BYTES_A_CONNECTION;
  }

  /** How many attempts of a service fit beside its connections and keys; may be negative. */
  public static long attempts(long heapBytes, int connections, int keys) {
    return (heapBytes - BASE_BYTES - connections * BYTES_A_CONNECTION - keys * BYTES_A_KEY)
        / BYTES_AN_ATTEMPT;
  }

  /** How many attempts of {@code buyers} fit; may be negative. */
  public static long attempts(long heapBytes, int buyers) {
    return beside(heapBytes, buyers) / BYTES_AN_ATTEMPT;
  }

  /** The same in a closed load of a pipeline, without customers, items, quantities or retries. */
  public static long plainAttempts(long heapBytes, int buyers) {
    return beside(heapBytes, buyers) / BYTES_A_PLAIN_ATTEMPT;
  }

  private static long beside(long heapBytes, int buyers) {
    return heapBytes - BASE_BYTES - buyers * BYTES_A_BUYER;
  }
}
