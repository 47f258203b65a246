package io.github.ticketsim.http;

import io.github.ticketsim.service.Limits;
import io.helidon.webserver.CloseConnectionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The timeout of one connection's wait for its client. Helidon would wait for ever for the second
 * half of a request, or for room to write an answer that the client does not read.
 *
 * <p>The thread enters a phase; the watch ends a phase that takes too long by an interrupt, which
 * closes the socket. A thread that works, and may be buying, is never interrupted: either it leaves
 * its wait before the watch ends it, or it learns that the connection has ended.
 */
final class ConnectionTimeout {

  private enum Phase {
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
  private record State(Phase phase, long untilNanos) {
    static final State WORKING = new State(Phase.WORKING, 0);
    static final State ENDED = new State(Phase.ENDED, 0);
  }

  private final Thread thread = Thread.currentThread();
  private final Limits limits;
  private final LongSupplier nanos;
  private final AtomicReference<State> state = new AtomicReference<>(State.WORKING);

  /** For the connection that the calling thread handles. */
  ConnectionTimeout(Limits limits, LongSupplier nanos) {
    this.limits = limits;
    this.nanos = nanos;
  }

  void idle() {
    enter(new State(Phase.IDLE, nanos.getAsLong() + limits.idleTime().toNanos()));
  }

  void reading() {
    enter(new State(Phase.READING, nanos.getAsLong() + limits.requestTime().toNanos()));
  }

  /** The client has sent something: if a request begins with it, the rest is due. */
  void received() {
    var now = state.get();
    if (now.phase() == Phase.IDLE) {
      reading();
    }
  }

  void working() {
    enter(State.WORKING);
  }

  void writing() {
    enter(new State(Phase.WRITING, nanos.getAsLong() + limits.requestTime().toNanos()));
  }

  /**
   * @throws CloseConnectionException if the watch has ended the connection
   */
  private void enter(State next) {
    var before = state.getAndUpdate(now -> now.phase() == Phase.ENDED ? now : next);
    if (before.phase() == Phase.ENDED) {
      throw new CloseConnectionException("the client took too long");
    }
  }

  /** Called by the watch: ends a wait that takes too long. */
  void check() {
    var now = state.get();
    switch (now.phase()) {
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
    switch (now.phase()) {
      case IDLE, READING -> end(now);
      case WORKING, WRITING, ENDED -> {
        // The answer is under way, or the connection has ended.
      }
    }
  }

  private void end(State seen) {
    if (state.compareAndSet(seen, State.ENDED)) {
      thread.interrupt();
    }
  }
}
