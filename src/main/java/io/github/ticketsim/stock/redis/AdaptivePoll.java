package io.github.ticketsim.stock.redis;

import java.io.IOException;
import java.io.InputStream;

/**
 * Polls one connection for its reply before the reader blocks: yields to other threads, and asks
 * again whether bytes have arrived. With many buyers at work they have by then. A blocked reader is
 * woken through the poller thread of the JDK, which comes late if all processors are busy.
 *
 * <p>The number of polls adapts: it doubles after each success and halves after each failure. Over
 * TLS all polls fail, because arrived bytes do not show before they are decrypted.
 */
final class AdaptivePoll {
  private static final int MOST_POLLS = 128;

  private final ParkedReaders readers;
  private int polls = 1;

  AdaptivePoll(ParkedReaders readers) {
    this.readers = readers;
  }

  /** A read that may block. */
  interface Reading<T> {
    T read() throws IOException;
  }

  /** Reads {@code replies} once bytes have arrived, or once polling has failed. */
  <T> T read(InputStream replies, Reading<T> reading) throws IOException {
    if (poll(replies)) {
      readers.unparkIfDue();
      return reading.read();
    }
    readers.beforePark();
    try {
      return reading.read();
    } finally {
      readers.afterPark();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // Only speed depends on the yield.
  private boolean poll(InputStream replies) throws IOException {
    for (var poll = 0; poll < polls; poll++) {
      Thread.yield();
      if (replies.available() > 0) {
        polls = Math.min(MOST_POLLS, 2 * polls);
        return true;
      }
    }
    polls = Math.max(1, polls / 2);
    return false;
  }
}
