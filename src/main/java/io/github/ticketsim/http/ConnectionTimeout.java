package io.github.ticketsim.http;

import io.github.ticketsim.service.Limits;
import io.helidon.webserver.CloseConnectionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * How long one connection's thread still waits for its client. Helidon would wait for ever for the
 * second half of a request, or for room to write an answer that nobody reads.
 *
 * <p>The thread says what it waits for; a watch ends what takes too long by an interrupt, which
 * closes the socket. Once the thread works, and might be buying, it is never interrupted: either it
 * leaves the waiting before the watch ends that, or it learns that it has been ended.
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

  /** Something has come from the client: if a request begins with it, the rest of that is due. */
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
   * @throws CloseConnectionException when the watch was faster
   */
  private void enter(State next) {
    var before = state.getAndUpdate(now -> now.phase() == Phase.ENDED ? now : next);
    if (before.phase() == Phase.ENDED) {
      throw new CloseConnectionException("the client took too long");
    }
  }

  /** Called by the watch: ends a wait whose time is up. */
  void check() {
    var now = state.get();
    switch (now.phase()) {
      case IDLE, READING, WRITING -> {
        if (nanos.getAsLong() - now.untilNanos() > 0) {
          end(now);
        }
      }
      case WORKING, ENDED -> {
        // Its own time, or nobody's.
      }
    }
  }

  /** Called when the server closes: ends every wait for what need not come any more. */
  void endUnlessAnswering() {
    var now = state.get();
    switch (now.phase()) {
      case IDLE, READING -> end(now);
      case WORKING, WRITING, ENDED -> {
        // Its answer is under way, or it has ended.
      }
    }
  }

  private void end(State seen) {
    if (state.compareAndSet(seen, State.ENDED)) {
      thread.interrupt();
    }
  }
}
