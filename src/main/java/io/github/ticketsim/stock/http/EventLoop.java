package io.github.ticketsim.stock.http;

import io.github.ticketsim.stock.StockUnavailableException;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * Waits for all connections at once, and wakes the thread of each whose bytes have arrived. A
 * thread that waits in a read of its own costs several system calls and a change of threads more.
 *
 * <p>It is a virtual thread, as those are that it wakes: they run before it looks again, and what
 * arrives meanwhile is found together.
 */
final class EventLoop implements AutoCloseable {
  private final Selector selector;
  private volatile boolean open = true;

  private EventLoop(Selector selector) {
    this.selector = selector;
  }

  /**
   * Starts one.
   *
   * @param server that most of its connections lead to, for the message
   * @throws StockUnavailableException if this machine does not let it
   */
  static EventLoop start(HttpAddress server) {
    try {
      var loop = new EventLoop(Selector.open());
      Thread.ofVirtual().name("event-loop").start(loop::run);
      return loop;
    } catch (IOException e) {
      throw HttpProblem.connecting(e).at(server);
    }
  }

  /** Watches a connected channel, which must not block. */
  SelectionKey register(SocketChannel channel, EventTransport transport) throws IOException {
    try {
      var key = channel.register(selector, SelectionKey.OP_READ, transport);
      selector.wakeup();
      return key;
    } catch (ClosedSelectorException e) {
      throw new IOException("the event loop has ended", e);
    }
  }

  private void run() {
    try (selector) {
      watch();
    } catch (IOException _) {
      // Nothing can be watched any more: every exchange under way ends with its transport.
    } finally {
      open = false;
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // Only speed depends on the yield.
  private void watch() throws IOException {
    try {
      while (open) {
        if (selector.selectNow(EventLoop::wake) == 0) {
          selector.select(EventLoop::wake);
        }
        Thread.yield();
      }
    } finally {
      for (var key : selector.keys()) {
        if (key.attachment() instanceof EventTransport transport) {
          transport.close();
        }
      }
    }
  }

  private static void wake(SelectionKey key) {
    if (key.attachment() instanceof EventTransport transport) {
      transport.wake();
    }
  }

  /** Ends it, and closes all transports that it still watches. */
  @Override
  public void close() {
    open = false;
    selector.wakeup();
  }
}
