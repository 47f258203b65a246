package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One command of one buyer on a shared connection, from the line in which it waits to be sent to
 * its outcome. Requests are linked in the order in which they came, which is that of the replies.
 */
final class Request {
  private final Thread buyer;
  private final Repeated command;

  /** The one that came next. Read by the writer, and once that one is sent, by the reader. */
  volatile @Nullable Request next;

  private boolean left;

  /** Read on the clock before the first byte could leave. */
  private long sentNanos;

  private boolean scriptUnknown;
  private volatile @Nullable Outcome outcome;

  /** A request of the calling thread. */
  Request(Repeated command) {
    this.buyer = Thread.currentThread();
    this.command = command;
  }

  Repeated command() {
    return command;
  }

  void leaveAt(long nanos) {
    left = true;
    sentNanos = nanos;
  }

  /**
   * When the command may have left, if it did; only after the end.
   *
   * @param asked when the request was made, which may be later than what the writer read for it
   */
  long callNanos(long asked) {
    return left ? asked + Math.max(0, sentNanos - asked) : asked;
  }

  long sentNanos() {
    return sentNanos;
  }

  /** Ends the request. Called once, by whoever knows how. */
  void end(Outcome how) {
    outcome = how;
    LockSupport.unpark(buyer);
  }

  /** Ends the request since the server does not know the script, and has executed nothing. */
  void endUnknown(Outcome how) {
    scriptUnknown = true;
    end(how);
  }

  /**
   * Waits, in the thread that made the request. An interrupt does not end the wait, since the
   * command may have left; the thread still has it afterwards.
   */
  Outcome await() {
    var interrupted = false;
    var how = outcome;
    while (how == null) {
      LockSupport.park(this);
      // Or else no park would wait any more.
      interrupted |= Thread.interrupted();
      how = outcome;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return how;
  }

  /** Whether the same can be asked in full; only after the end. */
  boolean scriptUnknown() {
    return scriptUnknown;
  }
}
