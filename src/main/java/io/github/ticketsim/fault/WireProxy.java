package io.github.ticketsim.fault;

import io.github.ticketsim.stock.redis.RedisEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Stands between clients and a server, on the loopback interface. Who connects while the server is
 * away is kept waiting until it is back, as a load balancer would do it: else all buyers who are
 * left would fail within milliseconds, and the storm would be over before the fault is.
 */
final class WireProxy implements AutoCloseable {
  private static final int BACKLOG = 16_384;
  private static final Duration MOST_WAIT = Duration.ofMinutes(1);
  private static final int CONNECT_MILLIS = 1_000;
  private static final long POLL_MILLIS = 2;
  private static final long CLOSE_SECONDS = 10;

  private final Supplier<RedisEndpoint> server;
  private final LongSupplier nanoClock;
  private final ServerSocket door;
  private final Wire wire;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** What becomes of the bytes between one client and the server. */
  @FunctionalInterface
  interface Wire {
    /**
     * Carries bytes both ways until one of the two hangs up. Both sockets are closed afterwards.
     *
     * @param threads for reading from both sides at once; interrupted when the proxy closes
     */
    void carry(Socket client, Socket server, ExecutorService threads)
        throws IOException, InterruptedException;
  }

  /**
   * Opens a door on a free port.
   *
   * @param server where to find it; asked anew for each client
   * @param nanoClock monotonic, to bound the wait for the server
   */
  WireProxy(Supplier<RedisEndpoint> server, Wire wire, LongSupplier nanoClock) throws IOException {
    this.server = server;
    this.wire = wire;
    this.nanoClock = nanoClock;
    this.door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    threads.execute(this::welcome);
  }

  /** The port of its door, on the loopback interface. */
  int port() {
    return door.getLocalPort();
  }

  private void welcome() {
    try {
      while (true) {
        var client = door.accept();
        threads.execute(() -> serve(client));
      }
    } catch (IOException _) {
      // The door was closed.
    }
  }

  private void serve(Socket client) {
    try (client;
        var upstream = connect()) {
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      wire.carry(client, upstream, threads);
    } catch (IOException _) {
      // One of the two hung up; now the other sees it too.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Socket connect() throws IOException, InterruptedException {
    var deadline = nanoClock.getAsLong() + MOST_WAIT.toNanos();
    while (true) {
      var endpoint = server.get();
      var upstream = new Socket();
      try {
        upstream.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), CONNECT_MILLIS);
        // Meanwhile that one may have ceased to be the server, and come back as something else.
        if (server.get().equals(endpoint)) {
          return upstream;
        }
      } catch (IOException _) {
        // It is away; it will be back.
      }
      upstream.close();
      if (nanoClock.getAsLong() - deadline >= 0) {
        throw new SocketTimeoutException("the server stayed away");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** Hangs up on everybody. */
  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException _) {
      // Nobody comes in any more, which is all that is wanted.
    }
    threads.shutdownNow();
    try {
      var _ = threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
