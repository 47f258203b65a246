package io.github.ticketsim.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
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

/** Makes the HTTP/1.1 connections, and gives each of them its {@link Patience}. */
final class ConnectionWatch implements ServerConnectionSelector, AutoCloseable {
  private static final int CHECK_MILLIS = 100;
  private static final ScopedValue<Patience> MINE = ScopedValue.newInstance();

  private final Limits limits;
  private final LongSupplier nanos;
  private final Set<Patience> open = ConcurrentHashMap.newKeySet();
  private final ServerConnectionSelector http1;
  private final ScheduledExecutorService checks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("connection-watch").factory());

  ConnectionWatch(Limits limits, LongSupplier nanos) {
    this.limits = limits;
    this.nanos = nanos;
    this.http1 =
        Http1ConnectionSelector.builder()
            .config(
                Http1Config.builder()
                    .sendKeepAliveHeader(false)
                    .addReceiveListener(new RequestBegins())
                    .build())
            .build();
    var _ =
        checks.scheduleAtFixedRate(
            () -> open.forEach(Patience::check), CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The patience of the connection that the calling thread handles. */
  static Patience mine() {
    return MINE.get();
  }

  int connections() {
    return open.size();
  }

  /** Ends all connections that are not answering. */
  void endUnlessAnswering() {
    open.forEach(Patience::endUnlessAnswering);
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
    return new Watched(http1.connection(context));
  }

  @Override
  public void close() {
    checks.shutdownNow();
  }

  /** The first line has been read: from now on the rest is due. */
  private static final class RequestBegins implements Http1ConnectionListener {
    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
      mine().reading();
    }
  }

  private final class Watched implements ServerConnection {
    private final ServerConnection connection;

    Watched(ServerConnection connection) {
      this.connection = connection;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      var patience = new Patience(limits, nanos);
      open.add(patience);
      try {
        patience.idle();
        ScopedValue.where(MINE, patience)
            .<Void, InterruptedException>call(
                () -> {
                  connection.handle(limit);
                  return null;
                });
      } finally {
        open.remove(patience);
      }
    }

    /** Always fresh: whoever is idle for too long is ended by its patience. */
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
