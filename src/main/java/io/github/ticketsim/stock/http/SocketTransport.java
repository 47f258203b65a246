package io.github.ticketsim.stock.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocket;

/** A transport whose threads wait in reads and writes. */
final class SocketTransport implements Transport {
  private static final int PROBE_MILLIS = 1;

  private final SocketChannel plain;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final ByteBuffer unasked = ByteBuffer.allocate(1);

  /**
   * @param plain what carries {@code socket}, which is its own or speaks TLS over it
   */
  SocketTransport(SocketChannel plain, Socket socket) throws IOException {
    this.plain = plain;
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  @Override
  public InputStream in() {
    return in;
  }

  @Override
  public OutputStream out() {
    return out;
  }

  @Override
  public boolean silent() throws IOException {
    return socket instanceof SSLSocket ? nothingCameOverTls() : nothingCame();
  }

  /** Looks for the end, or a byte. */
  private boolean nothingCame() throws IOException {
    plain.configureBlocking(false);
    try {
      return plain.read(unasked.clear()) == 0;
    } finally {
      plain.configureBlocking(true);
    }
  }

  /** Bytes may be a matter of TLS itself, such as a ticket for later sessions. */
  private boolean nothingCameOverTls() throws IOException {
    return in.available() == 0
        && (plain.socket().getInputStream().available() == 0 ? nothingCame() : nothingIsRead());
  }

  /** Reads for a moment what ought not to come: the end, or a byte. */
  private boolean nothingIsRead() throws IOException {
    socket.setSoTimeout(PROBE_MILLIS);
    try {
      var _ = in.read();
      return false;
    } catch (SocketTimeoutException _) {
      return true;
    } finally {
      socket.setSoTimeout(0);
    }
  }

  /** Without a farewell that the server might not take. */
  @Override
  public void close() throws IOException {
    plain.close();
  }
}
