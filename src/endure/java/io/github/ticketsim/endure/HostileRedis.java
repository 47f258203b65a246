package io.github.ticketsim.endure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers commands in a way that is none of Redis, after a real one has given some integers. */
final class HostileRedis implements HostileServer {
  private static final int BUFFER_BYTES = 1 << 16;

  private final int redis;
  private final String kind;
  private final int before;
  private final AtomicInteger integers = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();

  HostileRedis(int redis, String kind, int before) {
    this.redis = redis;
    this.kind = kind;
    this.before = before;
  }

  @Override
  public void serve(Socket client) {
    connections.incrementAndGet();
    try (client;
        var server = new Socket(InetAddress.getLoopbackAddress(), redis)) {
      Thread.ofVirtual().start(() -> replies(server, client));
      var commands = new byte[BUFFER_BYTES];
      for (var n = client.getInputStream().read(commands);
          n >= 0;
          n = client.getInputStream().read(commands)) {
        if (integers.get() >= before) {
          answer(client, client.getOutputStream());
        } else {
          server.getOutputStream().write(commands, 0, n);
        }
      }
    } catch (IOException | InterruptedException e) {
      // The client hung up.
    } finally {
      // The next storm begins as this one did.
      if (connections.decrementAndGet() == 0) {
        integers.set(0);
      }
    }
  }

  private void replies(Socket server, Socket client) {
    try (InputStream in = server.getInputStream()) {
      var replies = new byte[BUFFER_BYTES];
      for (var n = in.read(replies); n >= 0; n = in.read(replies)) {
        if (replies[0] == ':') {
          integers.incrementAndGet();
        }
        client.getOutputStream().write(replies, 0, n);
      }
    } catch (IOException e) {
      // Either hung up.
    }
  }

  private void answer(Socket client, OutputStream out) throws IOException, InterruptedException {
    switch (kind) {
      case "garbage" -> send(out, "\0\1\2 this is no Redis \r\n");
      case "half-a-reply" -> {
        send(out, ":1");
        client.close();
      }
      case "endless-line" -> endless(out, "+", "and more and more ");
      case "endless-nesting" -> endless(out, "", "*1\r\n");
      case "endless-array" -> endless(out, "*2147483647\r\n", "+OK\r\n");
      case "closes" -> client.close();
      case "resets" -> {
        client.setSoLinger(true, 0);
        client.close();
      }
      case "silent" -> Thread.sleep(Long.MAX_VALUE);
      case "wrong-type" -> send(out, "+sold\r\n");
      case "huge-length" -> send(out, "$9223372036854775807\r\nsold");
      case "negative-length" -> send(out, "$-7\r\n*-7\r\n");
      case "too-large" -> send(out, ":99999999999999999999\r\n");
      case "odd-error" -> send(out, "-ODD \033[2J\007 \0 error\r\n");
      default -> throw new IllegalArgumentException(kind);
    }
  }

  private static void endless(OutputStream out, String first, String more) throws IOException {
    send(out, first);
    while (true) {
      send(out, more);
    }
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
