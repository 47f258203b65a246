package io.github.ticketsim.ledger.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes everything on to a PostgreSQL, but for a few COMMIT, which it loses with their connection,
 * before or after the server has done them. Reads only commands that are sent as text.
 */
public final class LosingProxy implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger answers = new AtomicInteger();
  private final int server;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  public LosingProxy(int server) throws IOException {
    this.server = server;
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Lets the next COMMIT be done, and its answer be lost. */
  void loseTheNextCommit() {
    loseAnswers(1);
  }

  /** Lets the next {@code commits} be done, and their answers be lost. */
  public void loseAnswers(int commits) {
    answers.set(commits);
  }

  /** Loses the next {@code commits} ahead of the server, which never gets them. */
  public void loseRequests(int commits) {
    requests.set(commits);
  }

  public boolean hasLost() {
    return requests.get() == 0 && answers.get() == 0;
  }

  /** Keeps new connections waiting, as a load balancer does while a server is away. */
  public void hold() {
    gate = new CountDownLatch(1);
  }

  public void letIn() {
    gate.countDown();
  }

  private static boolean taken(AtomicInteger left) {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        Thread.ofVirtual().start(() -> connect(client));
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void connect(Socket client) {
    try (client) {
      gate.await();
      pass(client, new Socket(InetAddress.getLoopbackAddress(), server));
    } catch (IOException | InterruptedException _) {
      // The server is gone.
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
        if (new String(sent, StandardCharsets.ISO_8859_1).contains("COMMIT\0")) {
          if (taken(requests)) {
            return;
          }
          if (taken(answers)) {
            lost.set(true);
          }
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
    letIn();
    listener.close();
  }
}
