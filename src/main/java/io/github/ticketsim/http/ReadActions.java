package io.github.ticketsim.http;

import io.github.ticketsim.ledger.RecordsException;
import io.github.ticketsim.metrics.Exposition;
import io.github.ticketsim.report.Format;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.service.BusyException;
import io.github.ticketsim.service.ClientLimits;
import io.github.ticketsim.service.TicketService;
import io.github.ticketsim.stock.StockUnavailableException;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * The endpoints that change nothing: {@code /stock}, {@code /verdict}, {@code /metrics}, {@code
 * /health}.
 */
final class ReadActions {
  private static final String JSON = "application/json";

  /** Each reads the stock on a connection of its own. */
  private static final int MOST_READS = 8;

  private final TicketService service;
  private final ClientLimits limits;
  private final IntSupplier connections;
  private final Semaphore reads = new Semaphore(MOST_READS, true);

  /**
   * @param connections how many are open
   */
  ReadActions(TicketService service, ClientLimits limits, IntSupplier connections) {
    this.service = service;
    this.limits = limits;
    this.connections = connections;
  }

  void stock(ServerRequest request, ServerResponse response) throws InterruptedException {
    try {
      var counter = counter();
      if (counter.isEmpty()) {
        unavailable("key '%s' is gone or holds no number".formatted(service.run().key()))
            .send(response);
        return;
      }
      Responses.send(
          response,
          JSON,
          "{\"stock\":%d,\"left\":%d,\"counter\":%d}"
              .formatted(
                  service.run().stock(), Math.max(0, counter.getAsLong()), counter.getAsLong()));
    } catch (StockUnavailableException e) {
      unavailable(String.valueOf(e.getMessage())).send(response);
    }
  }

  void health(ServerRequest request, ServerResponse response) throws InterruptedException {
    try {
      var _ = counter();
      var reason = service.records().unavailableReason();
      if (reason.isPresent()) {
        unavailable(reason.get()).with("health", "down").send(response);
        return;
      }
      Responses.send(response, JSON, "{\"status\":\"up\"}");
    } catch (StockUnavailableException e) {
      unavailable(String.valueOf(e.getMessage())).with("health", "down").send(response);
    }
  }

  private OptionalLong counter() throws InterruptedException {
    if (!reads.tryAcquire(limits.requestTime().toNanos(), TimeUnit.NANOSECONDS)) {
      throw new StockUnavailableException(
          "Redis", "no answer in time to those who asked before", "ask less often");
    }
    try {
      return service.left();
    } finally {
      reads.release();
    }
  }

  void verdict(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    RunReport report;
    try {
      report = RunReport.of(service.judge(), service.saved().toString(), List.of());
    } catch (BusyException | RecordsException e) {
      unavailable(String.valueOf(e.getMessage())).send(response);
      return;
    }
    try (var out =
        new PrintWriter(
            new OutputStreamWriter(Responses.stream(response, JSON), StandardCharsets.UTF_8))) {
      Format.JSON.render(report, false, out);
    }
  }

  void metrics(ServerRequest request, ServerResponse response) {
    var out = new Exposition();
    service.counts().addTo(out);
    gauge(out, "purchases_in_flight", "Purchases under way.", service.admission().inside());
    gauge(out, "connections", "Connections of clients.", connections.getAsInt());
    gauge(out, "idempotency_keys", "Keys remembered.", service.rememberedKeys());
    Responses.send(response, "text/plain; version=0.0.4; charset=utf-8", out.text());
  }

  private static void gauge(Exposition out, String name, String help, int value) {
    out.family("ticket_sim_" + name, "gauge", help);
    out.sample("ticket_sim_" + name, value);
  }

  void openApi(ServerRequest request, ServerResponse response) throws IOException {
    try (var in = ReadActions.class.getResourceAsStream("openapi.json")) {
      Responses.send(
          response,
          JSON,
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static ProblemDetails unavailable(String why) {
    return ProblemDetails.of(Status.SERVICE_UNAVAILABLE_503, why).retryable();
  }
}
