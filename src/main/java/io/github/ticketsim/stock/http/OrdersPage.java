package io.github.ticketsim.stock.http;

import io.github.ticketsim.ledger.Order;
import io.github.ticketsim.sale.OneLine;
import io.github.ticketsim.sale.OrderFields;
import io.github.ticketsim.sale.OrderList;
import io.github.ticketsim.sale.Values;
import io.github.ticketsim.stock.StockUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Where a shop says what it sold. */
final class OrdersPage {
  /** About half a million orders. */
  private static final int MOST_BYTES = 64 << 20;

  private static final int OK = 200;

  private final HttpAddress address;
  private final HttpRequest request;
  private final OrderFields fields;
  private final Duration timeout;
  private final LongSupplier nanoClock;

  OrdersPage(HttpOrders orders, Values values, Duration timeout, LongSupplier nanoClock) {
    this.address = orders.request().address();
    this.request = orders.request().request(values);
    this.fields = orders.fields();
    this.timeout = timeout;
    this.nanoClock = nanoClock;
  }

  /**
   * All orders at this moment.
   *
   * @throws StockUnavailableException if the shop does not tell
   */
  List<Order> orders() {
    try (var inquiry = new Inquiry(address, timeout, nanoClock, "check orders of the sale file")) {
      var raw = inquiry.raw(request, MOST_BYTES);
      if (raw.status() != OK) {
        throw inquiry.unavailable("it answers " + raw.status());
      }
      var body = Body.of(raw.body(), raw.encoding(), MOST_BYTES);
      if (body.problem().isPresent()) {
        throw inquiry.unavailable("it answers with a " + body.problem().get());
      }
      try {
        return OrderList.read(body.bytes(), HttpReply.type(raw.type()), fields);
      } catch (IOException e) {
        throw inquiry.unavailable("its reply " + OneLine.clip(String.valueOf(e.getMessage())));
      }
    }
  }
}
