package io.github.ticketsim.stock.http;

import java.io.IOException;
import java.net.Socket;

/** How long a socket may take for what it does now; afterwards it is closed. */
final class Deadline {
  private final Socket socket;
  private boolean running;
  private boolean missed;
  private long dueNanos;

  Deadline(Socket socket) {
    this.socket = socket;
  }

  synchronized void start(long dueNanos) {
    this.dueNanos = dueNanos;
    running = true;
  }

  /** Ends what was started; returns whether that, or anything before, took too long. */
  synchronized boolean stop() {
    running = false;
    return missed;
  }

  void check(long nanos) {
    synchronized (this) {
      if (!running || nanos - dueNanos <= 0) {
        return;
      }
      running = false;
      missed = true;
    }
    try {
      socket.close();
    } catch (IOException _) {
      // Closed is all it has to be.
    }
  }
}
