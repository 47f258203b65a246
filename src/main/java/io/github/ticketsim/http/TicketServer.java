package io.github.ticketsim.http;

import static io.helidon.http.Method.GET;
import static io.helidon.http.Method.POST;

import io.github.ticketsim.service.AddressUnavailableException;
import io.github.ticketsim.service.ClientLimits;
import io.github.ticketsim.service.Listener;
import io.github.ticketsim.service.TicketService;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service over HTTP/1.1, one virtual thread a connection. */
public final class TicketServer implements Listener {

  private static final Logger LOG = LoggerFactory.getLogger(TicketServer.class);

  /** More than any purchase or answer may take: see {@link ClientLimits#requestTime}. */
  private static final int GRACE_REQUESTS = 2;

  /** Helidon's own check for idle connections finds none: see {@link ConnectionWatch}. */
  private static final Duration NEVER = Duration.ofDays(1);

  private final WebServer server;
  private final ConnectionWatch watch;
  private final InetAddress host;
  private final int port;

  private TicketServer(WebServer server, ConnectionWatch watch, InetAddress host) {
    this.server = server;
    this.watch = watch;
    this.host = host;
    this.port = server.port();
  }

  /**
   * Makes sure that {@code port} is free, as far as that can be known beforehand.
   *
   * @throws AddressUnavailableException when it is not, or {@code host} is none of this machine
   */
  public static void requireFree(String host, int port) throws AddressUnavailableException {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(resolve(host, port), port));
    } catch (IOException e) {
      throw new AddressUnavailableException(label(host, port), String.valueOf(e.getMessage()));
    }
  }

  private static InetAddress resolve(String host, int port) throws AddressUnavailableException {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException _) {
      throw new AddressUnavailableException(label(host, port), "host name unknown");
    }
  }

  private static String label(String host, int port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /**
   * Starts to listen.
   *
   * @param port 0 for any that is free
   * @param browsers knows {@code host} besides, and the name of this machine if that leads here
   * @param nanos monotonic, to bound the waits for clients
   * @throws AddressUnavailableException when it cannot listen there
   */
  public static TicketServer start(
      String host,
      int port,
      TicketService service,
      BrowserPolicy browsers,
      ClientLimits limits,
      LongSupplier nanos)
      throws AddressUnavailableException {
    var address = resolve(host, port);
    var watch = new ConnectionWatch(limits, nanos);
    var dispatch =
        new Dispatch(
            endpoints(service, limits, watch), browsers.knowing(names(host, address)), limits);
    var server =
        WebServer.builder()
            .address(address)
            .port(port)
            .shutdownHook(false)
            .protocolsDiscoverServices(false)
            .featuresDiscoverServices(false)
            .addConnectionSelector(watch)
            .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
            .maxTcpConnections(limits.connections())
            .shutdownGracePeriod(limits.requestTime().multipliedBy(GRACE_REQUESTS))
            .idleConnectionTimeout(NEVER)
            .idleConnectionPeriod(NEVER)
            .errorHandling(ErrorHandling.builder().includeEntity(true).build())
            .directHandlers(problems())
            .routing(HttpRouting.builder().addFilter(Dispatch::keepAlive).any(dispatch))
            .build()
            .start();
    if (!server.isRunning()) {
      watch.close();
      // Helidon keeps the reason to itself.
      requireFree(host, port);
      throw new AddressUnavailableException(label(host, port), "somebody else came first");
    }
    return new TicketServer(server, watch, address);
  }

  private static List<String> names(String host, InetAddress address) {
    if (address.isLoopbackAddress()) {
      return List.of(host);
    }
    try {
      return List.of(host, InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException _) {
      // A name that leads nowhere needs no rule.
      return List.of(host);
    }
  }

  private static List<Endpoint> endpoints(
      TicketService service, ClientLimits limits, ConnectionWatch watch) {
    var reads = new ReadActions(service, limits, watch::connections);
    return List.of(
        new Endpoint("/buy", POST, new BuyAction(service, limits)),
        new Endpoint("/records", GET, new RecordsAction(service.records())),
        new Endpoint("/stock", GET, reads::stock),
        new Endpoint("/verdict", GET, reads::verdict),
        new Endpoint("/metrics", GET, reads::metrics),
        new Endpoint("/health", GET, reads::health),
        new Endpoint("/openapi.json", GET, reads::openApi));
  }

  /** What Helidon itself has to refuse, in the same form as all other errors. */
  private static DirectHandlers problems() {
    var handlers = DirectHandlers.builder();
    for (var type : DirectHandler.EventType.values()) {
      handlers.addHandler(
          type,
          (_, _, status, headers, message) ->
              TransportResponse.builder()
                  .status(status)
                  .headers(headers)
                  .header(HeaderNames.CONTENT_TYPE, ProblemDetails.TYPE)
                  .entity(ProblemDetails.of(status, detail(status, message)).json())
                  .build());
    }
    return handlers.build();
  }

  /** What is wrong, in Helidon's words or those of {@link RequestGrammar}. */
  private static String detail(Status status, @Nullable String message) {
    if (status.code() == Status.INTERNAL_SERVER_ERROR_500.code()) {
      // Whatever a client does must end in a 4xx.
      LOG.error("a request broke down: {}", message);
      return ProblemDetails.BUG;
    }
    return message == null || message.isBlank() ? status.reasonPhrase() : message;
  }

  @Override
  public String url() {
    return "http://" + label(host.getHostAddress(), port);
  }

  /** The port. */
  public int port() {
    return port;
  }

  /**
   * {@inheritDoc} If Helidon cannot accept a connection, it stops listening for good without a
   * word; the port is free then.
   */
  @Override
  public boolean isListening() {
    try {
      requireFree(host.getHostAddress(), port);
      return false;
    } catch (AddressUnavailableException _) {
      return true;
    }
  }

  @Override
  public void close() {
    watch.endUnlessAnswering();
    server.stop();
    watch.close();
  }
}
