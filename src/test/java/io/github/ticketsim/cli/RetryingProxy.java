package io.github.ticketsim.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between clients and a Redis, and sends every {@code nth} DECR twice, as a client does that
 * tries again behind the back of its user. Only the second reply is passed on.
 */
final class RetryingProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int redisPort;
  private final int nth;
  private final AtomicInteger decrements = new AtomicInteger();
  private final AtomicInteger retries = new AtomicInteger();

  RetryingProxy(int redisPort, int nth) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.redisPort = redisPort;
    this.nth = nth;
    Thread.ofVirtual().start(this::accept);
  }

  String uri() {
    return "redis://127.0.0.1:" + listener.getLocalPort();
  }

  int retries() {
    return retries.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        return;
      }
    }
  }

  /** One command, one reply, as long as both ends are there. */
  private void serve(Socket client) {
    try (client;
        var redis = new Socket(InetAddress.getLoopbackAddress(), redisPort);
        var requests = in(client);
        var replies = in(redis)) {
      while (true) {
        var request = message(requests);
        redis.getOutputStream().write(request);
        var reply = message(replies);
        if (isDecrement(request) && decrements.incrementAndGet() % nth == 0) {
          redis.getOutputStream().write(request);
          reply = message(replies);
          retries.incrementAndGet();
        }
        client.getOutputStream().write(reply);
      }
    } catch (IOException _) {
      // One of them hung up, and so do we.
    }
  }

  private static DataInputStream in(Socket socket) throws IOException {
    return new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  private static boolean isDecrement(byte[] request) {
    return new String(request, StandardCharsets.ISO_8859_1).contains("\r\nDECR\r\n");
  }

  /** One whole message of the protocol, request or reply. */
  private static byte[] message(DataInputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    copyMessage(in, bytes);
    return bytes.toByteArray();
  }

  private static void copyMessage(DataInputStream in, ByteArrayOutputStream bytes)
      throws IOException {
    var line = new ByteArrayOutputStream();
    int next;
    do {
      next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      line.write(next);
    } while (next != '\n');
    bytes.writeBytes(line.toByteArray());
    var text = line.toString(StandardCharsets.ISO_8859_1).strip();
    switch (text.charAt(0)) {
      case '$' -> {
        var length = Integer.parseInt(text.substring(1));
        if (length >= 0) {
          bytes.writeBytes(in.readNBytes(length + "\r\n".length()));
        }
      }
      case '*' -> {
        for (var left = Integer.parseInt(text.substring(1)); left > 0; left--) {
          copyMessage(in, bytes);
        }
      }
      default -> {
        // A line is all of it.
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
