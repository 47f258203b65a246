package io.github.ticketsim.stock.http;

import io.github.ticketsim.sale.ReplyRules;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.deadline.Watchdog;
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
   * @param accepted whether the reply leaves the result open
   * @param question that was asked for the result, as it was sent; empty if none was
   * @param outcome what the attempt would count as
   * @param order that the replies name, if they do
   */
  public record Exchange(
      String request,
      int status,
      String type,
      String body,
      List<ReplyRules.Said> said,
      boolean accepted,
      Optional<String> question,
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
   * Sends {@code purchase}, and asks for its result if it is accepted and the sale says where.
   *
   * @throws io.github.ticketsim.stock.StockUnavailableException if no reply comes
   */
  public Exchange send(PurchaseRequest purchase) {
    var target = sale.purchase();
    var shown = target.shown(sale.values(), purchase, "");
    try (var inquiry = new Inquiry(target.address(), timeout, nanoClock, "check the URL")) {
      var reply = inquiry.reply(target.request(sale.values()), purchase, "");
      var rules = sale.rules();
      var asked = sale.result().filter(_ -> rules.accepts(reply));
      var order = rules.order(reply);
      var decision =
          asked
              .map(result -> decision(result, purchase, reply))
              .orElseGet(() -> new ResultQuestion.Decision(rules.outcome(reply), order));
      return new Exchange(
          shown,
          reply.status(),
          reply.type(),
          body(reply.body()),
          rules.said(reply),
          rules.accepts(reply),
          asked.map(result -> result.request().shown(sale.values(), purchase, order.orElse(""))),
          decision.outcome(),
          decision.order());
    }
  }

  private ResultQuestion.Decision decision(
      HttpResult result, PurchaseRequest purchase, HttpReply accepted) {
    try (var watchdog = new Watchdog(nanoClock);
        var loop = EventLoop.start(result.request().address())) {
      var question =
          new ResultQuestion(
              result, sale.values(), sale.rules(), 1, timeout, watchdog, loop, nanoClock);
      try {
        return question.ask(purchase, sale.rules().order(accepted), accepted);
      } finally {
        question.hangUp();
      }
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
