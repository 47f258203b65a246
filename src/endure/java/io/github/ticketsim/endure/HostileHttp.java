package io.github.ticketsim.endure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers HTTP requests in a way that is none of HTTP. */
final class HostileHttp implements HostileServer {
  private static final String SOLD = "{\"result\":\"true\"}";
  private static final String REPLY = "HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n" + SOLD;

  private final String kind;

  HostileHttp(String kind) {
    this.kind = kind;
  }

  @Override
  public void serve(Socket client) {
    try (client) {
      while (readRequest(client.getInputStream())) {
        answer(client, client.getOutputStream());
      }
    } catch (IOException | InterruptedException e) {
      // The client hung up.
    }
  }

  /** Up to the blank line; no request here has a body. */
  private static boolean readRequest(InputStream in) throws IOException {
    var last = 0;
    for (var next = in.read(); next >= 0; next = in.read()) {
      last = last << 8 | next;
      if (last == 0x0d0a0d0a) {
        return true;
      }
    }
    return false;
  }

  private void answer(Socket client, OutputStream out) throws IOException, InterruptedException {
    switch (kind) {
      case "garbage" -> send(out, "\0\1\2 this is no HTTP \r\n\r\n");
      case "half-a-reply" -> {
        send(out, REPLY.substring(0, REPLY.length() - 5));
        client.close();
      }
      case "endless-headers" -> {
        send(out, "HTTP/1.1 200 OK\r\n");
        while (true) {
          send(out, "X-More: and more\r\n");
        }
      }
      case "endless-body" -> {
        send(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while (true) {
          send(out, "10\r\n0123456789abcdef\r\n");
        }
      }
      case "closes" -> client.close();
      case "resets" -> {
        client.setSoLinger(true, 0);
        client.close();
      }
      case "silent" -> Thread.sleep(Long.MAX_VALUE);
      case "drips" -> {
        for (var at = 0; at < REPLY.length(); at++) {
          out.write(REPLY.charAt(at));
          Thread.sleep(100);
        }
      }
      case "two-replies" -> send(out, REPLY + REPLY);
      case "wrong-length" -> send(out, REPLY.replace(": 17", ": 16"));
      case "two-lengths" -> send(out, REPLY.replace(": 17", ": 17\r\nContent-Length: 3"));
      case "huge-chunk" ->
          send(
              out,
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n" + SOLD);
      case "not-a-number" -> send(out, REPLY.replace("200", "2x0"));
      default -> throw new IllegalArgumentException(kind);
    }
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
