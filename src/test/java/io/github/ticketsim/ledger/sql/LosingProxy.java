package io.github.ticketsim.ledger.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Passes everything on to a PostgreSQL, but for one answer, which it loses with its connection.
 * Reads only commands that are sent as text.
 */
final class LosingProxy implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicBoolean armed = new AtomicBoolean();
  private final int server;

  LosingProxy(int server) throws IOException {
    this.server = server;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Lets the next COMMIT be done, and its answer be lost. */
  void loseTheNextCommit() {
    armed.set(true);
  }

  boolean hasLost() {
    return !armed.get();
  }

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        var upstream = new Socket(InetAddress.getLoopbackAddress(), server);
        Thread.ofVirtual().start(() -> pass(client, upstream));
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void pass(Socket client, Socket upstream) {
    var lost = new AtomicBoolean();
    Thread.ofVirtual().start(() -> answers(upstream, client, lost));
    try (client;
        upstream) {
      for (var sent = next(client.getInputStream());
          sent.length > 0;
          sent = next(client.getInputStream())) {
        if (new String(sent, StandardCharsets.ISO_8859_1).contains("COMMIT")
            && armed.compareAndSet(true, false)) {
          lost.set(true);
        }
        write(upstream.getOutputStream(), sent);
      }
    } catch (IOException _) {
      // One of them is gone.
    }
  }

  private static void answers(Socket upstream, Socket client, AtomicBoolean lost) {
    try (client;
        upstream) {
      for (var answer = next(upstream.getInputStream());
          answer.length > 0 && !lost.get();
          answer = next(upstream.getInputStream())) {
        write(client.getOutputStream(), answer);
      }
    } catch (IOException _) {
      // One of them is gone.
    }
  }

  private static byte[] next(InputStream in) throws IOException {
    var first = in.read();
    if (first < 0) {
      return new byte[0];
    }
    var rest = in.readNBytes(in.available());
    var all = new byte[rest.length + 1];
    all[0] = (byte) first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  private static void write(OutputStream out, byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
