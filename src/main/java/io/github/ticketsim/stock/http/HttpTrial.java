package io.github.ticketsim.stock.http;

import io.github.ticketsim.sale.ReplyRules;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.PurchaseRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One purchase, to see what comes of it. */
public final class HttpTrial {
  private static final int MOST_SHOWN_BYTES = 2_000;

  private final HttpSale sale;
  private final Duration timeout;
  private final LongSupplier nanoClock;

  /**
   * What was sent and what came of it.
   *
   * @param request as it was sent, without secrets
   * @param status of the reply
   * @param type its content type; empty if it has none
   * @param body its first characters, without secrets
   * @param said what each rule says of it
   * @param accepted whether the result has yet to be asked for
   * @param outcome what the attempt would count as
   * @param order that the reply names, if it does
   */
  public record Exchange(
      String request,
      int status,
      String type,
      String body,
      List<ReplyRules.Said> said,
      boolean accepted,
      Outcome outcome,
      Optional<String> order) {}

  /**
   * @param sale with all that its purchase refers to
   */
  public HttpTrial(HttpSale sale, Duration timeout, LongSupplier nanoClock) {
    this.sale = sale;
    this.timeout = timeout;
    this.nanoClock = nanoClock;
  }

  /**
   * Sends {@code purchase}.
   *
   * @throws io.github.ticketsim.stock.StockUnavailableException if no reply comes
   */
  public Exchange send(PurchaseRequest purchase) {
    var target = sale.purchase();
    var shown = target.shown(sale.values(), purchase);
    try (var inquiry = new Inquiry(target.address(), timeout, nanoClock, "check the URL")) {
      var reply = inquiry.reply(target.request(sale.values()), purchase, "");
      var rules = sale.rules();
      return new Exchange(
          shown,
          reply.status(),
          reply.type(),
          body(reply.body()),
          rules.said(reply),
          rules.accepts(reply),
          rules.outcome(reply),
          rules.order(reply));
    }
  }

  private String body(Body body) {
    var length = Math.min(body.bytes().length, MOST_SHOWN_BYTES);
    var text = new String(body.bytes(), 0, length, StandardCharsets.UTF_8);
    for (var column : sale.values().columns().values()) {
      // What is shorter stands everywhere by chance.
      text = column.getFirst().length() > 2 ? text.replace(column.getFirst(), "***") : text;
    }
    return HttpTarget.withoutSecrets(text) + (length < body.bytes().length ? "..." : "");
  }
}
