package io.github.ticketsim.http;

import io.github.ticketsim.service.ClientLimits;
import io.helidon.webserver.CloseConnectionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The timeout of one connection's wait for its client. Helidon would wait for ever for the second
 * half of a request, or for room to write an answer that the client does not read.
 *
 * <p>The thread enters an activity; the watch ends one that takes too long by an interrupt, which
 * closes the socket. A thread that works, and may be buying, is never interrupted: either it leaves
 * its wait before the watch ends it, or it learns that the connection has ended.
 */
final class ConnectionTimeout {

  private enum Activity {
    /** For the next request. */
    IDLE,
    /** For the rest of a request. */
    READING,
    /** For nothing that the client does. */
    WORKING,
    /** For the client to take the answer. */
    WRITING,
    /** Given up. */
    ENDED
  }

  /**
   * @param untilNanos of no meaning in WORKING and ENDED
   */
  private record TimedActivity(Activity activity, long untilNanos) {
    static final TimedActivity WORKING = new TimedActivity(Activity.WORKING, 0);
    static final TimedActivity ENDED = new TimedActivity(Activity.ENDED, 0);
  }

  private final Thread thread = Thread.currentThread();
  private final ClientLimits limits;
  private final LongSupplier nanos;
  private final AtomicReference<TimedActivity> state = new AtomicReference<>(TimedActivity.WORKING);

  /** For the connection that the calling thread handles. */
  ConnectionTimeout(ClientLimits limits, LongSupplier nanos) {
    this.limits = limits;
    this.nanos = nanos;
  }

  void idle() {
    enter(new TimedActivity(Activity.IDLE, nanos.getAsLong() + limits.idleTime().toNanos()));
  }

  void reading() {
    enter(new TimedActivity(Activity.READING, nanos.getAsLong() + limits.requestTime().toNanos()));
  }

  /** The client has sent something: if a request begins with it, the rest is due. */
  void received() {
    var now = state.get();
    if (now.activity() == Activity.IDLE) {
      reading();
    }
  }

  void working() {
    enter(TimedActivity.WORKING);
  }

  void writing() {
    enter(new TimedActivity(Activity.WRITING, nanos.getAsLong() + limits.requestTime().toNanos()));
  }

  /**
   * @throws CloseConnectionException if the watch has ended the connection
   */
  private void enter(TimedActivity next) {
    var before = state.getAndUpdate(now -> now.activity() == Activity.ENDED ? now : next);
    if (before.activity() == Activity.ENDED) {
      throw new CloseConnectionException("the client took too long");
    }
  }

  /** Called by the watch: ends a wait that takes too long. */
  void check() {
    var now = state.get();
    switch (now.activity()) {
      case IDLE, READING, WRITING -> {
        if (nanos.getAsLong() - now.untilNanos() > 0) {
          end(now);
        }
      }
      case WORKING, ENDED -> {
        // WORKING has no deadline; ENDED is final.
      }
    }
  }

  /** Called when the server closes: ends every wait for a request. */
  void endUnlessAnswering() {
    var now = state.get();
    switch (now.activity()) {
      case IDLE, READING -> end(now);
      case WORKING, WRITING, ENDED -> {
        // The answer is under way, or the connection has ended.
      }
    }
  }

  private void end(TimedActivity seen) {
    if (state.compareAndSet(seen, TimedActivity.ENDED)) {
      thread.interrupt();
    }
  }
}
