package io.github.ticketsim.http;

import io.github.ticketsim.service.Answer;
import io.github.ticketsim.service.ClientLimits;
import io.github.ticketsim.service.Refusal;
import io.github.ticketsim.service.TicketService;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** {@code POST /buy}. */
final class BuyAction implements Endpoint.Action {
  private static final HeaderName KEY = HeaderNames.create("Idempotency-Key");

  /** Visible ASCII. */
  private static final Pattern KEY_FORM = Pattern.compile("[!-~]{1,255}");

  private final TicketService service;
  private final ClientLimits limits;

  BuyAction(TicketService service, ClientLimits limits) {
    this.service = service;
    this.limits = limits;
  }

  @Override
  public void answer(ServerRequest request, ServerResponse response) {
    var keys =
        request.headers().contains(KEY)
            ? request.headers().get(KEY).allValues()
            : List.<String>of();
    if (keys.size() > 1 || keys.stream().anyMatch(key -> !KEY_FORM.matcher(key).matches())) {
      ProblemDetails.of(
              Status.BAD_REQUEST_400,
              "Idempotency-Key: expected at most one, of 1 to 255 visible ASCII characters")
          .send(response);
      return;
    }
    var refusal = service.admission().enter();
    if (refusal.isPresent()) {
      service.counts().refused(refusal.get());
      refused(refusal.get(), why(refusal.get())).send(response);
      return;
    }
    try {
      send(service.buy(keys.stream().findFirst()), response);
    } finally {
      // Only now: a service that closes waits until the answer is out.
      service.admission().leave();
    }
  }

  private String why(Refusal refusal) {
    return refusal == Refusal.CLOSING
        ? "the service is about to end"
        : "%,d purchases are under way already".formatted(limits.inFlight());
  }

  private static void send(Answer answer, ServerResponse response) {
    switch (answer) {
      case Answer.Decided(var id, var timestamp, var sold) ->
          Responses.send(
              response, "application/json", RecordJson.of(id, timestamp, sold ? "true" : "false"));
      case Answer.Unknown(var id, var timestamp, var why) ->
          unknown(id, timestamp, why).send(response);
      case Answer.Refused(var refusal, var why) -> refused(refusal, why).send(response);
      case Answer.Underway() ->
          ProblemDetails.of(
                  Status.CONFLICT_409,
                  "the first request with this Idempotency-Key is still under way")
              .retryable()
              .send(response);
    }
  }

  private static ProblemDetails unknown(UUID id, long timestamp, String why) {
    return ProblemDetails.of(
            Status.GATEWAY_TIMEOUT_504, "it is not known whether a ticket was taken: " + why)
        .with("id", id)
        .with("timestamp", timestamp)
        .with("result", "unknown");
  }

  private static ProblemDetails refused(Refusal refusal, String why) {
    return ProblemDetails.of(Status.SERVICE_UNAVAILABLE_503, why)
        .with("reason", refusal.wireName())
        .retryable();
  }
}
