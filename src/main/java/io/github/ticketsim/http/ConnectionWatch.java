package io.github.ticketsim.http;

import io.github.ticketsim.service.ClientLimits;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Makes the HTTP/1.1 connections, each with a {@link ConnectionTimeout}. */
final class ConnectionWatch implements ServerConnectionSelector, AutoCloseable {
  private static final int CHECK_MILLIS = 100;
  private static final ScopedValue<Connection> CURRENT = ScopedValue.newInstance();

  private final ClientLimits limits;
  private final LongSupplier nanos;
  private final Set<ConnectionTimeout> open = ConcurrentHashMap.newKeySet();
  private final ServerConnectionSelector http1;
  private final ScheduledExecutorService checks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("connection-watch").factory());

  ConnectionWatch(ClientLimits limits, LongSupplier nanos) {
    this.limits = limits;
    this.nanos = nanos;
    this.http1 =
        Http1ConnectionSelector.builder()
            .config(Http1Config.builder().sendKeepAliveHeader(false).build())
            .build();
    var _ =
        checks.scheduleAtFixedRate(
            () -> open.forEach(ConnectionTimeout::check),
            CHECK_MILLIS,
            CHECK_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /**
   * The connection that the calling thread handles.
   *
   * @param reader what has been received and not been read
   */
  private record Connection(ConnectionTimeout timeout, DataReader reader) {}

  /** The timeout of the connection that the calling thread handles. */
  static ConnectionTimeout current() {
    return CURRENT.get().timeout();
  }

  /** Waits for the next request, or for the rest of it if its beginning has come. */
  static void awaitRequest() {
    if (CURRENT.get().reader().available() > 0) {
      current().reading();
    } else {
      current().idle();
    }
  }

  int connections() {
    return open.size();
  }

  /** Ends all connections that are not answering. */
  void endUnlessAnswering() {
    open.forEach(ConnectionTimeout::endUnlessAnswering);
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http1.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http1.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    var checked = CheckedContext.of(context);
    return new Watched(http1.connection(checked), checked.dataReader());
  }

  @Override
  public void close() {
    checks.shutdownNow();
  }

  private final class Watched implements ServerConnection {
    private final ServerConnection connection;
    private final DataReader reader;

    Watched(ServerConnection connection, DataReader reader) {
      this.connection = connection;
      this.reader = reader;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      var timeout = new ConnectionTimeout(limits, nanos);
      open.add(timeout);
      try {
        timeout.idle();
        ScopedValue.where(CURRENT, new Connection(timeout, reader))
            .<Void, InterruptedException>call(
                () -> {
                  connection.handle(limit);
                  return null;
                });
      } finally {
        open.remove(timeout);
      }
    }

    /** Never idle for Helidon: the {@link ConnectionTimeout} ends an idle connection. */
    @Override
    public Duration idleTime() {
      return Duration.ZERO;
    }

    @Override
    public void close(boolean interrupt) {
      connection.close(interrupt);
    }
  }
}
