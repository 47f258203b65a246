import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * {@code HostileServer KIND...}: one server a kind, each of which answers HTTP requests in a way of
 * its own that is none of HTTP. Prints the port of each, and runs until it is killed.
 */
class HostileServer {
  private static final int BACKLOG = 1_000;
  private static final String SOLD = "{\"result\":\"true\"}";
  private static final String REPLY = "HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n" + SOLD;

  public static void main(String[] kinds) throws Exception {
    for (var kind : kinds) {
      var listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
      System.out.println(kind + " " + listener.getLocalPort());
      Thread.ofVirtual().start(() -> accept(listener, kind));
    }
    System.out.println("ready");
    Thread.currentThread().join();
  }

  private static void accept(ServerSocket listener, String kind) {
    try {
      while (true) {
        var client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client, kind));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void serve(Socket client, String kind) {
    try (client) {
      while (readRequest(client.getInputStream())) {
        answer(client, client.getOutputStream(), kind);
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

  private static void answer(Socket client, OutputStream out, String kind)
      throws IOException, InterruptedException {
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
        for (var letter : REPLY.split("")) {
          send(out, letter);
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
