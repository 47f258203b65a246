package io.github.ticketsim.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import java.io.IOException;
import java.net.InetAddress;
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
 * A TCP proxy between clients and a server, on the loopback interface. A client that connects while
 * the server is down waits until it is back, as behind a load balancer: otherwise all remaining
 * buyers would fail within milliseconds, and the storm would end before the fault does.
 */
public final class WireProxy implements AutoCloseable {
  private static final int BACKLOG = 16_384;
  private static final Duration MOST_WAIT = Duration.ofMinutes(1);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
  private static final long POLL_MILLIS = 2;
  private static final long CLOSE_SECONDS = 10;

  private final Supplier<RedisEndpoint> server;
  private final LongSupplier nanoClock;
  private final ServerSocket listener;
  private final Wire wire;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** What becomes of the bytes between one client and the server. */
  @FunctionalInterface
  public interface Wire {
    /**
     * Carries bytes both ways until one of the two hangs up. Both sockets are closed afterwards.
     *
     * @param threads for reading from both sides at once; interrupted when the proxy closes
     */
    void carry(Socket client, Socket server, ExecutorService threads)
        throws IOException, InterruptedException;
  }

  /**
   * Listens on a free port.
   *
   * @param server where to find it; asked anew for each client
   * @param nanoClock monotonic, to bound the wait for the server
   */
  public WireProxy(Supplier<RedisEndpoint> server, Wire wire, LongSupplier nanoClock)
      throws IOException {
    this.server = server;
    this.wire = wire;
    this.nanoClock = nanoClock;
    this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    threads.execute(this::acceptLoop);
  }

  /** The port on the loopback interface that it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  private void acceptLoop() {
    try {
      while (true) {
        var client = listener.accept();
        threads.execute(() -> serve(client));
      }
    } catch (IOException _) {
      // The listener was closed.
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
      try {
        var upstream = endpoint.connect(CONNECT_LIMIT);
        // In the meantime the primary may have moved, and this server may be a replica now.
        if (server.get().equals(endpoint)) {
          return upstream;
        }
        upstream.close();
      } catch (IOException | StockUnavailableException _) {
        // The server is down; the loop tries again until the deadline.
      }
      if (nanoClock.getAsLong() - deadline >= 0) {
        throw new SocketTimeoutException("the server stayed away");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** Closes all connections. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException _) {
      // The listener accepts nobody any more, which is all that is wanted.
    }
    threads.shutdownNow();
    try {
      var _ = threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
