package io.github.ticketsim.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/** Stands between clients and a Redis, and meddles with some commands of a kind. */
final class MeddlingProxy implements AutoCloseable {

  /** Sends a request to Redis. */
  @FunctionalInterface
  private interface Exchange {
    byte[] reply(byte[] request) throws IOException;
  }

  /** What becomes of a request. */
  @FunctionalInterface
  private interface Meddling {
    byte[] reply(byte[] request, Exchange redis) throws IOException;
  }

  private static final byte[] NOTHING = {};

  private final ServerSocket listener;
  private final int redisPort;
  private final String command;
  private final IntPredicate which;
  private final Meddling meddling;
  private final AtomicInteger seen = new AtomicInteger();
  private final AtomicInteger meddled = new AtomicInteger();

  /**
   * @param which of these commands, counted from 1
   */
  private MeddlingProxy(int redisPort, String command, IntPredicate which, Meddling meddling)
      throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.redisPort = redisPort;
    this.command = command;
    this.which = which;
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
        number -> number % nth == 0,
        (request, redis) -> {
          var _ = redis.reply(request);
          return redis.reply(request);
        });
  }

  /** Answers with an error of its own, as a proxy does that has lost sight of its Redis. */
  static MeddlingProxy failing(int redisPort, String command, int nth, String error)
      throws IOException {
    return answering(redisPort, command, nth, "-" + error);
  }

  /** Puts {@code line} in the place of every {@code nth} reply. */
  static MeddlingProxy answering(int redisPort, String command, int nth, String line)
      throws IOException {
    return answering(redisPort, command, nth, () -> line);
  }

  /** The same with a line that is known later. */
  static MeddlingProxy answering(int redisPort, String command, int nth, Supplier<String> line)
      throws IOException {
    return new MeddlingProxy(
        redisPort,
        command,
        number -> number % nth == 0,
        (request, redis) -> {
          var _ = redis.reply(request);
          return line(line);
        });
  }

  /** Loses one reply, of the {@code nth} command, and all that comes after it there. */
  static MeddlingProxy losing(int redisPort, String command, int nth) throws IOException {
    return new MeddlingProxy(
        redisPort,
        command,
        number -> number == nth,
        (request, redis) -> {
          var _ = redis.reply(request);
          return NOTHING;
        });
  }

  /** From the {@code nth} command on sends none to Redis, and answers {@code line}. */
  static MeddlingProxy redirecting(int redisPort, String command, int nth, Supplier<String> line)
      throws IOException {
    return new MeddlingProxy(redisPort, command, number -> number >= nth, (_, _) -> line(line));
  }

  private static byte[] line(Supplier<String> line) {
    return (line.get() + "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Its address, as a redirection names it. */
  String address() {
    return "127.0.0.1:" + port();
  }

  String uri() {
    return "redis://127.0.0.1:" + port();
  }

  int port() {
    return listener.getLocalPort();
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
      Exchange exchange =
          request -> {
            redis.getOutputStream().write(request);
            return message(replies);
          };
      while (true) {
        var request = message(requests);
        var meddles = matches(request) && which.test(seen.incrementAndGet());
        var reply = meddles ? meddling.reply(request, exchange) : exchange.reply(request);
        if (meddles) {
          meddled.incrementAndGet();
        }
        if (reply.length == 0) {
          requests.transferTo(OutputStream.nullOutputStream());
          return;
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
