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

/** Stands between clients and a Redis, and meddles with every {@code nth} command of a kind. */
final class MeddlingProxy implements AutoCloseable {

  /** What comes instead of the reply to a command that Redis has executed. */
  @FunctionalInterface
  private interface Meddling {
    byte[] reply(byte[] request, Socket redis, DataInputStream replies) throws IOException;
  }

  private final ServerSocket listener;
  private final int redisPort;
  private final String command;
  private final int nth;
  private final Meddling meddling;
  private final AtomicInteger seen = new AtomicInteger();
  private final AtomicInteger meddled = new AtomicInteger();

  private MeddlingProxy(int redisPort, String command, int nth, Meddling meddling)
      throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.redisPort = redisPort;
    this.command = command;
    this.nth = nth;
    this.meddling = meddling;
    Thread.ofVirtual().start(this::accept);
  }

  /**
   * Sends a DECR twice, as a client does that tries again behind the back of its user. Only the
   * second reply is passed on.
   */
  static MeddlingProxy retrying(int redisPort, int nth) throws IOException {
    return new MeddlingProxy(
        redisPort,
        "DECR",
        nth,
        (request, redis, replies) -> {
          redis.getOutputStream().write(request);
          return message(replies);
        });
  }

  /** Answers with an error of its own, as a proxy does that has lost sight of its Redis. */
  static MeddlingProxy failing(int redisPort, String command, int nth, String error)
      throws IOException {
    var line = ("-" + error + "\r\n").getBytes(StandardCharsets.UTF_8);
    return new MeddlingProxy(redisPort, command, nth, (_, _, _) -> line);
  }

  String uri() {
    return "redis://127.0.0.1:" + listener.getLocalPort();
  }

  /** With how many commands it has meddled. */
  int meddled() {
    return meddled.get();
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
        if (matches(request) && seen.incrementAndGet() % nth == 0) {
          reply = meddling.reply(request, redis, replies);
          meddled.incrementAndGet();
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

  private boolean matches(byte[] request) {
    return new String(request, StandardCharsets.ISO_8859_1).contains("\r\n" + command + "\r\n");
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
