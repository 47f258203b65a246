package io.github.ticketsim.stock.redis;

import java.io.IOException;
import java.io.InputStream;

/**
 * Looks for the replies of one connection before its reader waits for the kernel to tell of them:
 * lets other threads run, and looks again. With many at work they are there by then. The kernel
 * tells through a thread of Java's own, which comes late where all processors are busy.
 *
 * <p>How often is a matter of experience: twice as often after each success, half as often after
 * each failure. Over TLS all looks fail, since what has arrived does not show before it is read.
 */
final class Lookout {
  private static final int MOST_LOOKS = 128;

  private final Lookouts all;
  private int looks = 1;

  Lookout(Lookouts all) {
    this.all = all;
  }

  /** Something that waits for bytes. */
  interface Reading<T> {
    T read() throws IOException;
  }

  /** Reads {@code replies} when there are bytes, or no more looks are worth it. */
  <T> T read(InputStream replies, Reading<T> reading) throws IOException {
    if (look(replies)) {
      all.found();
      return reading.read();
    }
    all.fallAsleep();
    try {
      return reading.read();
    } finally {
      all.wakeUp();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // Only speed depends on the yield.
  private boolean look(InputStream replies) throws IOException {
    for (var look = 0; look < looks; look++) {
      Thread.yield();
      if (replies.available() > 0) {
        looks = Math.min(MOST_LOOKS, 2 * looks);
        return true;
      }
    }
    looks = Math.max(1, looks / 2);
    return false;
  }
}
