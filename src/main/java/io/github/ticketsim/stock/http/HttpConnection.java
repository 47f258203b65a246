package io.github.ticketsim.stock.http;

import io.github.ticketsim.stock.FairPool;
import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.deadline.Deadline;
import io.github.ticketsim.stock.deadline.Watchdog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 connection, for one request at a time. Each is written once. */
final class HttpConnection {
  private static final int BUFFER_BYTES = 8 << 10;
  private static final int MOST_INTERIM_REPLIES = 10;
  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxLineLength(8 << 10).setMaxHeaderCount(100).build();

  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final Transport transport;
  private final Deadline deadline;
  private final Duration timeout;
  private final Watchdog watchdog;
  private final InputStream in;
  private final OutputStream out;
  private final SessionInputBufferImpl buffer =
      new SessionInputBufferImpl(BUFFER_BYTES, LIMITS.getMaxLineLength());
  private final DefaultHttpResponseParser parser = new DefaultHttpResponseParser(LIMITS);
  private boolean reusable = true;
  private @Nullable HttpReply last;
  private String lastType = "";

  /** Where requests are put together that differ from purchase to purchase. */
  private byte[] written = new byte[0];

  /**
   * A reply as it came.
   *
   * @param body one byte more than is read of it if there is more
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
  record Raw(int status, String type, String encoding, byte[] body) {}

  HttpConnection(Transport transport, Duration timeout, Watchdog watchdog) {
    this.transport = transport;
    this.deadline = watchdog.watch(transport);
    this.timeout = timeout;
    this.watchdog = watchdog;
    this.in = transport.in();
    this.out = transport.out();
  }

  /** Whether the last exchange, if any, left nothing behind, and the server keeps it open. */
  boolean reusable() {
    return reusable;
  }

  /**
   * Whether a request may be sent, as far as that can be known: the server has not hung up, and has
   * said nothing that would be taken for the reply.
   */
  boolean usable() {
    try {
      return transport.silent();
    } catch (IOException _) {
      return false;
    }
  }

  /**
   * Sends {@code request} and waits for the reply, all within the timeout. Whatever is thrown, the
   * request may have been executed.
   */
  HttpReply exchange(HttpRequest request, PurchaseRequest purchase, String order)
      throws IOException, HttpException {
    return reply(exchange(request, purchase, order, Body.MOST_BYTES));
  }

  /** The same with a reply of any kind, of which at most {@code most} bytes are read. */
  Raw exchange(HttpRequest request, PurchaseRequest purchase, String order, int most)
      throws IOException, HttpException {
    var again = reusable;
    // Until the reply has been read to its end: what is left of it would be taken for the next.
    reusable = false;
    deadline.start(watchdog.now() + timeout.toNanos());
    try {
      write(request, purchase, order);
      transport.awaitIn();
      var head = head();
      var body = body(head, most);
      reusable = again && body.length <= most && keptAlive(head) && !buffer.hasBufferedData();
      return new Raw(
          head.getCode(), header(head, "Content-Type"), header(head, "Content-Encoding"), body);
    } catch (IOException e) {
      throw deadline.stop() ? new OverdueException(timeout) : e;
    } finally {
      reusable &= !deadline.stop();
    }
  }

  private ClassicHttpResponse head() throws IOException, HttpException {
    for (var interim = 0; interim <= MOST_INTERIM_REPLIES; interim++) {
      var head = parser.parse(buffer, in);
      if (head == null) {
        throw new ConnectionClosedException();
      }
      if (head.getCode() >= OK || head.getCode() == SWITCHING_PROTOCOLS) {
        return head;
      }
    }
    throw new ProtocolException("more than " + MOST_INTERIM_REPLIES + " interim replies");
  }

  /** In one piece, so that a small request is one packet. */
  private void write(HttpRequest request, PurchaseRequest purchase, String order)
      throws IOException {
    var fixed = request.fixed();
    if (fixed != null) {
      out.write(fixed);
    } else {
      var length = request.length(purchase, order);
      if (length > written.length) {
        written = new byte[Math.max(length, 2 * written.length)];
      }
      out.write(written, 0, request.write(purchase, order, written));
    }
    out.flush();
  }

  /** Refusals are mostly the same to the letter, and are then read once. */
  private HttpReply reply(Raw raw) {
    var before = last;
    if (before != null
        && before.status() == raw.status()
        && lastType.equals(raw.type())
        && raw.encoding().isEmpty()
        && Arrays.equals(before.body().bytes(), raw.body())) {
      return before;
    }
    var reply = HttpReply.of(raw.status(), raw.type(), Body.of(raw.body(), raw.encoding()));
    last = reply;
    lastType = raw.type();
    return reply;
  }

  private static String header(ClassicHttpResponse head, String name) {
    var header = head.getFirstHeader(name);
    return header == null || header.getValue() == null ? "" : header.getValue();
  }

  /** One byte more than is read of it if there is more. */
  private byte[] body(ClassicHttpResponse head, int most) throws IOException, HttpException {
    if (head.getCode() < OK || head.getCode() == NO_CONTENT || head.getCode() == NOT_MODIFIED) {
      return new byte[0];
    }
    var length = DefaultContentLengthStrategy.INSTANCE.determineLength(head);
    // Not closed: that would read on for as long as the server sends.
    return content(length)
        .readNBytes((int) (length >= 0 ? Math.min(length, most + 1L) : most + 1L));
  }

  private InputStream content(long length) {
    if (length == ContentLengthStrategy.CHUNKED) {
      return new ChunkedInputStream(buffer, in, LIMITS);
    }
    return length >= 0
        ? new ContentLengthInputStream(buffer, in, length)
        : new IdentityInputStream(buffer, in);
  }

  private static boolean keptAlive(ClassicHttpResponse head) {
    return head.getCode() >= OK
        && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(null, head, HttpCoreContext.create());
  }

  /** Gives its slot in {@code pool} to the next, with itself if it can be used again. */
  void giveBack(FairPool<HttpConnection> pool) {
    if (reusable) {
      pool.release(Optional.of(this));
    } else {
      close();
      pool.release(Optional.empty());
    }
  }

  /** Closes at once, without a farewell that the server might not take. */
  void close() {
    reusable = false;
    watchdog.forget(deadline);
    try {
      transport.close();
    } catch (IOException _) {
      // Closed is all it has to be.
    }
  }
}
