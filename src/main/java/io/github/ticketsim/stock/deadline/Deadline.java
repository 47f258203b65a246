package io.github.ticketsim.stock.deadline;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** How long a connection may take for what it does now; afterwards it is closed. */
public final class Deadline {
  private final Closeable connection;
  private final BooleanSupplier answered;
  private boolean running;
  private boolean missed;
  private long dueNanos;

  Deadline(Closeable connection, BooleanSupplier answered) {
    this.connection = connection;
    this.answered = answered;
  }

  /**
   * Starts what must have ended at {@code dueNanos} of the watchdog's clock.
   *
   * @return false where something took too long before, so that the connection is closed, or is
   *     just being closed
   */
  public synchronized boolean start(long dueNanos) {
    this.dueNanos = dueNanos;
    running = !missed;
    return running;
  }

  /** Ends what was started; returns whether that, or anything before, took too long. */
  public synchronized boolean stop() {
    running = false;
    return missed;
  }

  /** Closes the connection where it is late; returns whether it ever was. */
  boolean check(long nanos) {
    synchronized (this) {
      if (!running || nanos - dueNanos <= 0 || answered.getAsBoolean()) {
        return missed;
      }
      running = false;
      missed = true;
    }
    try {
      connection.close();
    } catch (IOException _) {
      // Closed is all it has to be.
    }
    return true;
  }
}
