package io.github.ticketsim.stock.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A connection over a Unix socket as a {@link Socket}, for all that {@link CheckedSocket} asks of
 * one. Java itself has such connections as channels only, which know no timeout.
 */
final class UnixSocket extends Socket {
  private static final int BUFFER_BYTES = 16 << 10;

  /** A select may return early, when its thread is unparked; then one slice is lost at most. */
  private static final int SLICES = 4;

  private final SocketChannel channel;
  private final Selector readable;
  private final Selector writable;
  private final InputStream replies = new Replies();
  private final OutputStream commands = new Commanding();
  private volatile int timeoutMillis;

  private UnixSocket(SocketChannel channel, Selector readable, Selector writable)
      throws ClosedChannelException {
    this.channel = channel;
    this.readable = readable;
    this.writable = writable;
    channel.register(readable, SelectionKey.OP_READ);
    channel.register(writable, SelectionKey.OP_WRITE);
  }

  /**
   * @throws ConnectException when nobody listens there
   */
  static UnixSocket connect(Path path) throws IOException {
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      // Ahead of connecting: a server that stands still with a full queue must not hold us up.
      channel.configureBlocking(false);
      channel.connect(UnixDomainSocketAddress.of(path));
      var readable = Selector.open();
      try {
        return new UnixSocket(channel, readable, Selector.open());
      } catch (IOException e) {
        readable.close();
        throw e;
      }
    } catch (SocketException e) {
      channel.close();
      throw String.valueOf(e.getMessage()).contains("No such file")
          ? new ConnectException(e.getMessage())
          : e;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public InputStream getInputStream() {
    return replies;
  }

  @Override
  public OutputStream getOutputStream() {
    return commands;
  }

  @Override
  public void setSoTimeout(int timeout) {
    timeoutMillis = timeout;
  }

  @Override
  public int getSoTimeout() {
    return timeoutMillis;
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public boolean isInputShutdown() {
    return isClosed();
  }

  @Override
  public boolean isOutputShutdown() {
    return isClosed();
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  /** Nothing is held back here anyway. */
  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public SocketAddress getLocalSocketAddress() {
    return UnixDomainSocketAddress.of("");
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return UnixDomainSocketAddress.of("");
  }

  @Override
  public void close() throws IOException {
    channel.close();
    readable.close();
    writable.close();
  }

  /** Waits for a moment, or until something can be done. */
  private static void await(Selector selector, long millis) throws IOException {
    try {
      selector.select(millis);
      selector.selectedKeys().clear();
    } catch (ClosedSelectorException e) {
      throw closed(e);
    }
  }

  private static SocketException closed(Exception cause) {
    var closed = new SocketException("Socket closed");
    closed.initCause(cause);
    return closed;
  }

  private final class Replies extends InputStream {
    private final ReentrantLock lock = new ReentrantLock();
    private final ByteBuffer arrived = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private boolean ended;

    @Override
    public int available() throws IOException {
      lock.lock();
      try {
        return fill();
      } finally {
        lock.unlock();
      }
    }

    /** Takes what has arrived, without waiting. */
    private int fill() throws IOException {
      if (!arrived.hasRemaining() && !ended) {
        arrived.clear();
        try {
          ended = channel.read(arrived) < 0;
        } catch (ClosedChannelException e) {
          throw closed(e);
        } finally {
          arrived.flip();
        }
      }
      return arrived.remaining();
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      var limit = timeoutMillis;
      var slice = limit == 0 ? 0 : Math.ceilDiv(limit, SLICES);
      var waited = 0;
      while (true) {
        var read = take(bytes, offset, length);
        if (read != 0) {
          return read;
        }
        if (limit > 0 && waited++ == SLICES) {
          throw new SocketTimeoutException("Read timed out");
        }
        await(readable, slice);
      }
    }

    /** How many bytes were taken; 0 for none yet, -1 at the end. */
    private int take(byte[] bytes, int offset, int length) throws IOException {
      lock.lock();
      try {
        var taken = Math.min(length, fill());
        if (taken == 0) {
          return ended ? -1 : 0;
        }
        arrived.get(bytes, offset, taken);
        return taken;
      } finally {
        lock.unlock();
      }
    }
  }

  private final class Commanding extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      var rest = ByteBuffer.wrap(bytes, offset, length);
      while (rest.hasRemaining()) {
        try {
          if (channel.write(rest) == 0) {
            UnixSocket.await(writable, 0);
          }
        } catch (ClosedChannelException e) {
          throw closed(e);
        }
      }
    }
  }
}
