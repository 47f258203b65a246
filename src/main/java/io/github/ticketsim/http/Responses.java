package io.github.ticketsim.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Sends answers; each piece has its own time to be read. */
final class Responses {
  private static final int BUFFER_BYTES = 1 << 15;

  private Responses() {}

  static void send(ServerResponse response, String type, String text) {
    response.header(HeaderNames.CONTENT_TYPE, type);
    send(response, text.getBytes(StandardCharsets.UTF_8));
  }

  static void send(ServerResponse response, byte[] bytes) {
    ConnectionWatch.current().writing();
    response.send(bytes);
  }

  /** Sends an answer that has no body. */
  static void sendHead(ServerResponse response) {
    ConnectionWatch.current().writing();
    response.send();
  }

  /**
   * A stream for an answer of unknown length; each piece has its own time to be read. Between the
   * pieces the service works. The last piece is written when the handler has returned.
   */
  static OutputStream stream(ServerResponse response, String type) {
    response.header(HeaderNames.CONTENT_TYPE, type);
    return new BufferedOutputStream(new Paced(response.outputStream()), BUFFER_BYTES);
  }

  private static final class Paced extends FilterOutputStream {
    Paced(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      var timeout = ConnectionWatch.current();
      timeout.writing();
      out.write(bytes, offset, length);
      timeout.working();
    }

    /** What was written may have been kept back until now. */
    @Override
    public void flush() throws IOException {
      var timeout = ConnectionWatch.current();
      timeout.writing();
      out.flush();
      timeout.working();
    }

    @Override
    public void close() throws IOException {
      ConnectionWatch.current().writing();
      out.close();
    }
  }
}
