package io.github.ticketsim.stock.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that reads requests without a body, counts them, and does with each what it is told. */
final class RawServer implements AutoCloseable {

  /** What to do with a request. */
  interface Answer {
    /** Answers request {@code number}, counted from 1. */
    void give(int number, Socket client) throws IOException;
  }

  private final ServerSocket listener;
  private final Answer answer;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();

  RawServer(Answer answer) throws IOException {
    this.answer = answer;
    this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        // It is closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      var in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        if (line.isEmpty()) {
          answer.give(requests.incrementAndGet(), client);
        }
      }
    } catch (IOException _) {
      // The client, or the answer, ended it.
    }
  }

  static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** A whole reply, after which the connection stays open. */
  static void reply(Socket client, String status, String type, String body) throws IOException {
    send(
        client,
        "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, type, body.length(), body));
  }

  static void sold(Socket client) throws IOException {
    reply(client, "200 OK", "application/json", "{\"result\":\"true\"}");
  }

  int requests() {
    return requests.get();
  }

  int connections() {
    return connections.get();
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort() + "/buy";
  }

  /** Whoever comes now is refused. */
  void stopListening() throws IOException {
    listener.close();
  }

  @Override
  public void close() throws IOException {
    stopListening();
  }
}
