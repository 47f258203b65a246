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

  /** Nothing more can be written; the reader will find out why. */
  volatile boolean cut;

  /** Why it is dead; null while the reader lives. */
  volatile @Nullable String closeReason;

  /** Open until nothing of this link is in use any more, and the next can be made. */
  final CountDownLatch retired = new CountDownLatch(1);

  /**
   * @param reader reads until the connection is dead, and has yet to be started
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
   * Whether a command may be sent while nothing is under way, as far as that can be known: the
   * server has not hung up, and has said nothing that would be taken for the reply. Else the reader
   * finds out why.
   */
  boolean usable(long nanos) {
    if (nanos - usedNanos > FRESH_NANOS) {
      // The kernel may have told of the end, and the reader may not have looked yet.
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
