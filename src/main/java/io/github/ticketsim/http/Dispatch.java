package io.github.ticketsim.http;

import io.github.ticketsim.service.ClientLimits;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Method;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads each request to its end, and leads it to its endpoint. */
final class Dispatch implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
  private static final int BUFFER_BYTES = 1 << 12;

  /** Read of a body that is too long, so that no reset overtakes the answer. */
  private static final long MOST_DRAINED_BYTES = 16L << 20;

  private final Map<String, Endpoint> endpoints;
  private final BrowserPolicy browsers;
  private final ClientLimits limits;

  Dispatch(List<Endpoint> endpoints, BrowserPolicy browsers, ClientLimits limits) {
    this.browsers = browsers;
    this.endpoints =
        endpoints.stream().collect(Collectors.toMap(Endpoint::path, Function.identity()));
    this.limits = limits;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    var timeout = ConnectionWatch.current();
    browsers.letRead(request, response);
    var problem = read(request);
    if (problem.isPresent()) {
      response.header(HeaderValues.CONNECTION_CLOSE);
      send(problem.get(), request, response);
      return;
    }
    timeout.working();
    var refusal = browsers.refusal(request);
    if (refusal.isPresent()) {
      send(refusal.get(), request, response);
    } else {
      answer(request, response);
    }
  }

  /**
   * Waits for the next request, or closes. Around the handling, since the last piece of a streamed
   * answer is written only after the handler has returned.
   */
  static void keepAlive(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    chain.proceed();
    if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)
        || response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
      // Helidon announces it, and leaves the connection open.
      throw new CloseConnectionException("the last request of this connection");
    }
    ConnectionWatch.awaitRequest();
  }

  /** Reads the body, if there is one, and drops it; says what is wrong with it. */
  private Optional<ProblemDetails> read(ServerRequest request) {
    try {
      return fits(request)
          ? Optional.empty()
          : Optional.of(
              ProblemDetails.of(
                  Status.REQUEST_ENTITY_TOO_LARGE_413,
                  "the body is longer than %,d bytes".formatted(limits.bodyBytes())));
    } catch (RequestException e) {
      // Left to Helidon, it would first wait for the rest of a body that has no end.
      return Optional.of(ProblemDetails.of(e.status(), String.valueOf(e.getMessage())));
    }
  }

  private boolean fits(ServerRequest request) {
    if (!request.content().hasEntity()) {
      return true;
    }
    var declared = request.headers().contentLength().orElse(0);
    if (declared > limits.bodyBytes() && request.headers().containsToken(HeaderValues.EXPECT_100)) {
      return false;
    }
    try {
      // Not closed: closing reads on to the end of a body that has turned out to have none.
      return length(request.content().inputStream()) <= limits.bodyBytes();
    } catch (IOException | UncheckedIOException e) {
      throw new CloseConnectionException("the client left", e);
    }
  }

  private static long length(InputStream in) throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    var length = 0L;
    for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      length += read;
      if (length > MOST_DRAINED_BYTES) {
        break;
      }
    }
    return length;
  }

  private void answer(ServerRequest request, ServerResponse response) {
    if (!request.prologue().method().equals(Method.POST)) {
      // Each answer holds for its own moment.
      response.header(HeaderNames.CACHE_CONTROL, "no-store");
    }
    var endpoint = endpoints.get(request.path().path());
    if (endpoint == null) {
      send(
          ProblemDetails.of(
              Status.NOT_FOUND_404,
              "there is no such path; there are "
                  + endpoints.keySet().stream().sorted().collect(Collectors.joining(", "))),
          request,
          response);
    } else if (browsers.isPreflight(request)) {
      BrowserPolicy.answerPreflight(endpoint.method(), response);
    } else if (!endpoint.method().equals(request.prologue().method())) {
      response.header(HeaderNames.ALLOW, endpoint.method().text());
      send(
          ProblemDetails.of(
              Status.METHOD_NOT_ALLOWED_405,
              "%s answers %s alone".formatted(endpoint.path(), endpoint.method().text())),
          request,
          response);
    } else {
      answer(endpoint, request, response);
    }
  }

  /** To HEAD, which no endpoint answers, goes the head of the problem alone. */
  private static void send(ProblemDetails problem, ServerRequest request, ServerResponse response) {
    if (request.prologue().method().equals(Method.HEAD)) {
      problem.sendHead(response);
    } else {
      problem.send(response);
    }
  }

  private static void answer(Endpoint endpoint, ServerRequest request, ServerResponse response) {
    try {
      endpoint.action().answer(request, response);
    } catch (IOException | UncheckedIOException e) {
      throw new CloseConnectionException("the client left", e);
    } catch (CloseConnectionException | HttpException | RequestException e) {
      // Caused by the client; the server answers these.
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloseConnectionException("the service is ending", e);
    } catch (RuntimeException | Error e) {
      LOG.error("{} {} broke down", endpoint.method().text(), endpoint.path(), e);
      if (response.isSent()) {
        throw new CloseConnectionException("broken down in the middle of an answer", e);
      }
      ProblemDetails.of(Status.INTERNAL_SERVER_ERROR_500, ProblemDetails.BUG).send(response);
    }
  }
}
