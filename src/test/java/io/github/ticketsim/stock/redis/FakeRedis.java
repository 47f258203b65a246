package io.github.ticketsim.stock.redis;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Speaks enough of the Redis protocol to be bought from, and misbehaves as a test wishes. A real
 * Redis cannot be made to answer late, or nonsense, at a chosen command.
 */
final class FakeRedis implements AutoCloseable {

  /** What the fake does on a command. */
  @FunctionalInterface
  interface Behaviour {
    void on(Client client, List<String> command) throws IOException;
  }

  private final ServerSocket listener;
  private final Thread acceptor;
  private final List<Client> clients = new CopyOnWriteArrayList<>();
  private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  /** A fake that names and lists clients; all else a test adds by {@link #on}. */
  FakeRedis() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    on("CLIENT SETNAME", (client, command) -> client.named(command.get(2)));
    on("CLIENT LIST", (client, _) -> client.sendBulk(list()));
    acceptor = Thread.ofVirtual().start(this::accept);
  }

  /** Says what to do on commands that begin with {@code words}. */
  void on(String words, Behaviour behaviour) {
    behaviours.put(words, behaviour);
  }

  RedisEndpoint endpoint() {
    return RedisEndpoint.loopback(listener.getLocalPort());
  }

  Route route() {
    return Route.to(endpoint());
  }

  /** Sells over one connection that buyers share, and has time enough. */
  PipelinedStock pipelined(RedisStrategy strategy) {
    return pipelined(strategy, 1, Duration.ofSeconds(30));
  }

  PipelinedStock pipelined(RedisStrategy strategy, int connections, Duration timeout) {
    var config = new RedisStockConfig(strategy, "stock", timeout);
    return PipelinedStock.open(route(), route(), config, connections, "run", System::nanoTime);
  }

  /** The first words of all commands so far, in the order of arrival. */
  List<String> seen() {
    return seen;
  }

  /** The clients that are still connected, as CLIENT LIST shows them. */
  String list() {
    var lines = new StringBuilder();
    clients.forEach(client -> lines.append("id=1 name=").append(client.name).append(" db=0\n"));
    return lines.toString();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var client = new Client(listener.accept());
        clients.add(client);
        Thread.ofVirtual().start(client::serve);
      } catch (IOException _) {
        return;
      }
    }
  }

  /** Refuses connections from now on, and hangs up on everybody. */
  @Override
  public void close() throws IOException {
    listener.close();
    // Until it has noticed, it may still accept a connection.
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      throw new InterruptedIOException(e.toString());
    }
    for (var client : clients) {
      client.hangUp();
    }
  }

  /** A connected client. */
  final class Client {
    private final Socket socket;
    private volatile String name = "";

    private Client(Socket socket) {
      this.socket = socket;
    }

    private void serve() {
      try (socket;
          var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
        for (var command = read(in); !command.isEmpty(); command = read(in)) {
          var verb = command.getFirst();
          var words = verb.equals("CLIENT") ? verb + " " + command.get(1) : verb;
          seen.add(words);
          behaviours
              .getOrDefault(words, (client, _) -> client.send("-ERR unknown command ''"))
              .on(this, command);
        }
      } catch (IOException | UncheckedIOException _) {
        // Somebody hung up.
      } finally {
        clients.remove(this);
      }
    }

    private static List<String> read(DataInputStream in) throws IOException {
      var words = new ArrayList<String>();
      var header = line(in);
      if (!header.isEmpty()) {
        for (var left = Integer.parseInt(header.substring(1)); left > 0; left--) {
          var word = in.readNBytes(Integer.parseInt(line(in).substring(1)));
          words.add(new String(word, StandardCharsets.UTF_8));
          line(in);
        }
      }
      return words;
    }

    private static String line(DataInputStream in) throws IOException {
      var line = new StringBuilder();
      for (var next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        line.append((char) next);
      }
      return line.toString().strip();
    }

    /** Remembers the name that CLIENT SETNAME gives. */
    void named(String given) throws IOException {
      name = given;
      send("+OK");
    }

    /** Sends one line of the protocol. */
    void send(String line) throws IOException {
      socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private void sendBulk(String text) throws IOException {
      send("$" + text.length() + "\r\n" + text);
    }

    /** Ends the connection in order. */
    void hangUp() throws IOException {
      socket.close();
    }

    /** Ends the connection by a reset. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
