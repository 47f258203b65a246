package io.github.ticketsim.stock.http;

import io.github.ticketsim.ledger.ShopAccount;
import io.github.ticketsim.sale.Exchange;
import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.deadline.Watchdog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;

/** One purchase, to see what comes of it. */
public final class HttpTrial {
  private static final int MOST_SHOWN_BYTES = 2_000;

  private final HttpSale sale;
  private final Duration timeout;
  private final LongSupplier nanoClock;

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
          "%d %s%n%n%s".formatted(reply.status(), reply.type(), body(reply.body())).strip(),
          rules.said(reply),
          rules.accepts(reply),
          asked.map(result -> result.request().shown(sale.values(), purchase, order.orElse(""))),
          decision.outcome(),
          decision.order());
    }
  }

  /** What the shop says now. */
  public ShopAccount account() {
    return new Closing(sale, timeout, nanoClock).read(/* unrest= */ false);
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
    return HttpTarget.withoutSecrets(sale.values().hidden(text))
        + (length < body.bytes().length ? "..." : "");
  }
}
