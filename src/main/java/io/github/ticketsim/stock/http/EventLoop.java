package io.github.ticketsim.stock.http;

import java.io.IOException;
import java.io.UncheckedIOException;
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

  private EventLoop(Selector selector) {
    this.selector = selector;
  }

  /** Starts one. */
  static EventLoop start() {
    try {
      var loop = new EventLoop(Selector.open());
      Thread.ofVirtual().name("event-loop").start(loop::run);
      return loop;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Watches a connected channel, which must not block. */
  SelectionKey register(SocketChannel channel, EventTransport transport) throws IOException {
    var key = channel.register(selector, SelectionKey.OP_READ, transport);
    selector.wakeup();
    return key;
  }

  @SuppressWarnings("ThreadPriorityCheck") // Only speed depends on the yield.
  private void run() {
    try {
      while (selector.isOpen()) {
        if (selector.selectNow(EventLoop::wake) == 0) {
          selector.select(EventLoop::wake);
        }
        Thread.yield();
      }
    } catch (ClosedSelectorException _) {
      // That is how it ends.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void wake(SelectionKey key) {
    if (key.attachment() instanceof EventTransport transport) {
      transport.wake();
    }
  }

  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException _) {
      // Nobody waits any more.
    }
  }
}
