package io.github.ticketsim.stock.deadline;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Bounds the current exchange of a connection; a connection that misses it is closed. */
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
   * Starts an exchange that must end by {@code dueNanos} of the watchdog's clock.
   *
   * @return false if an earlier exchange took too long, so that the connection is closed or about
   *     to be
   */
  public synchronized boolean start(long dueNanos) {
    this.dueNanos = dueNanos;
    running = !missed;
    return running;
  }

  /** Ends the exchange; returns whether this one or an earlier one took too long. */
  public synchronized boolean stop() {
    running = false;
    return missed;
  }

  /** Closes the connection if the exchange is late; returns whether any ever was. */
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
      // A failed close leaves the socket closed all the same.
    }
    return true;
  }
}
