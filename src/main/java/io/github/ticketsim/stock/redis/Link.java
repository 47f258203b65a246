package io.github.ticketsim.stock.redis;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection of a {@link Pipeline} with its reader. */
final class Link {
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  final RawConnection connection;

  private final Thread reader;

  /** When it was last used, as its writer knows. */
  private long usedNanos;

  /** Nothing more can be written; the reader will see the reason. */
  volatile boolean cut;

  /** Why the reader has ended; null while it runs. */
  volatile @Nullable String closeReason;

  /** Zero once nothing of this link is in use any more, so that the next can be made. */
  final CountDownLatch retired = new CountDownLatch(1);

  /**
   * @param reader reads until the connection ends; {@link #start} starts it
   */
  Link(RawConnection connection, Consumer<Link> reader, String name, long nanos) {
    this.connection = connection;
    this.reader = Thread.ofVirtual().name(name).unstarted(() -> reader.accept(this));
    this.usedNanos = nanos;
  }

  void start() {
    reader.start();
  }

  /**
   * Whether a command may be sent while nothing is in flight: as far as can be seen, the server has
   * not closed the connection, and has sent nothing that would pass for the reply. If not, the
   * reader sees the reason.
   */
  boolean usable(long nanos) {
    if (connection.outlived()) {
      cut = true;
      // The reader sees that, and the next link leads to the server that sells now.
      connection.close();
      return false;
    }
    if (nanos - usedNanos > FRESH_NANOS) {
      // The connection may have ended without the reader having run since.
      LockSupport.unpark(reader);
      LockSupport.parkNanos(PROBE_NANOS);
    }
    if (connection.hasUnread()) {
      cut = true;
    }
    return !cut && closeReason == null;
  }

  void usedAt(long nanos) {
    usedNanos = nanos;
  }
}
