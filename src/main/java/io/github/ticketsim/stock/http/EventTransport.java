package io.github.ticketsim.stock.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A plain transport whose thread parks until the event loop has seen bytes arrive. */
final class EventTransport implements Transport {

  /** After so many events in a row that nobody waited for, the loop stops watching. */
  private static final int MOST_IDLE_EVENTS = 16;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer unasked = ByteBuffer.allocate(1);
  private volatile @Nullable Thread waiting;

  /** Whether the loop has stopped watching, because what has arrived stays unread. */
  private volatile boolean ignored;

  /** What the thread waits for. */
  private volatile int wanted = SelectionKey.OP_READ;

  /** Known to the loop alone. */
  private int idleEvents;

  /**
   * @param channel connected
   */
  EventTransport(SocketChannel channel, EventLoop loop) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    this.key = loop.register(channel, this);
  }

  @Override
  public InputStream in() {
    return new In();
  }

  @Override
  public OutputStream out() {
    return new Out();
  }

  @Override
  public boolean silent() throws IOException {
    return channel.read(unasked.clear()) == 0;
  }

  /** Something can be read or written. Called by the loop. */
  void wake() {
    var thread = waiting;
    if (thread != null) {
      idleEvents = 0;
      waiting = null;
      LockSupport.unpark(thread);
    } else if (++idleEvents > MOST_IDLE_EVENTS) {
      // Nobody reads it, such as the end of an idle connection: each look would find it again.
      idleEvents = 0;
      watchFor(0);
      ignored = true;
      if (waiting != null) {
        watchFor(wanted);
      }
    }
  }

  /** Whether the loop has stopped watching, because what has arrived stays unread. */
  boolean ignored() {
    return ignored;
  }

  private void watchFor(int operations) {
    try {
      ignored = false;
      key.interestOps(operations);
      key.selector().wakeup();
    } catch (CancelledKeyException _) {
      // The channel is closed; reading and writing will say so.
    }
  }

  /** From now on the calling thread is woken. */
  private void expect() {
    waiting = Thread.currentThread();
    if (!channel.isOpen()) {
      waiting = null;
    } else if (ignored) {
      watchFor(wanted);
    }
  }

  /** Waits for what is expected, or until the transport is closed; others bound the wait. */
  @Override
  public void awaitIn() {
    var interrupted = false;
    while (waiting != null) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    // Frees the socket, which the selector holds.
    key.selector().wakeup();
    var thread = waiting;
    waiting = null;
    LockSupport.unpark(thread);
  }

  /** Each read waits for an event, because one that finds nothing would be a waste. */
  private final class In extends InputStream {
    @Override
    public int read() {
      throw new UnsupportedOperationException("reads many bytes at once");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      while (length > 0) {
        awaitIn();
        var read = channel.read(ByteBuffer.wrap(bytes, offset, length));
        if (read != 0) {
          return read;
        }
        expect();
      }
      return 0;
    }
  }

  private final class Out extends OutputStream {
    @Override
    public void write(int one) {
      throw new UnsupportedOperationException("writes many bytes at once");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      expect();
      var left = ByteBuffer.wrap(bytes, offset, length);
      channel.write(left);
      if (left.hasRemaining()) {
        writeOn(left);
      }
    }

    /** Looks at replies only after the last byte: one that comes earlier would wake for nothing. */
    private void writeOn(ByteBuffer left) throws IOException {
      want(SelectionKey.OP_WRITE);
      try {
        while (left.hasRemaining()) {
          awaitIn();
          expect();
          channel.write(left);
        }
      } finally {
        want(SelectionKey.OP_READ);
      }
    }

    private void want(int operation) {
      wanted = operation;
      watchFor(operation);
    }
  }
}
