package io.github.ticketsim.stock.http;

import io.github.ticketsim.sale.JsonValues;
import io.github.ticketsim.sale.Values;
import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.StockUnavailableException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.LongSupplier;

/** Where a service says what is left. */
public final class StockPage {
  private final HttpAddress address;
  private final HttpRequest request;
  private final Values values;
  private final String pointer;
  private final Duration timeout;
  private final LongSupplier nanoClock;
  private final String cure;

  private StockPage(
      HttpTarget look,
      Values values,
      String pointer,
      Duration timeout,
      LongSupplier nanoClock,
      String cure) {
    this.address = look.address();
    this.request = look.request(values);
    this.values = values;
    this.pointer = pointer;
    this.timeout = timeout;
    this.nanoClock = nanoClock;
    this.cure = cure;
  }

  /**
   * A page.
   *
   * @param values that name the items; asked once for each
   * @param timeout for connecting, and for each reply
   * @param nanoClock monotonic, to bound the wait for that
   */
  public static StockPage of(
      HttpSale.HttpLeft left, Values values, Duration timeout, LongSupplier nanoClock) {
    return new StockPage(left.request(), values, left.at(), timeout, nanoClock, left.cure());
  }

  /**
   * The JSON pointer that {@code text} is, see RFC 6901.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static String pointer(String text) {
    return JsonValues.pointer(text);
  }

  /**
   * What is left of each item at this moment.
   *
   * @throws StockUnavailableException when the page does not tell
   */
  public SequencedMap<String, Long> left() {
    try (var inquiry = new Inquiry(address, timeout, nanoClock, cure)) {
      var left = new LinkedHashMap<String, Long>();
      for (var item = 0; item < values.items().size(); item++) {
        left.put(values.items().get(item), left(inquiry, item));
      }
      return left;
    }
  }

  private long left(Inquiry inquiry, int item) {
    var reply = inquiry.reply(request, PurchaseRequest.of(0, item), "");
    var which = values.items().size() == 1 ? "" : " for item " + values.items().get(item);
    if (!reply.ok()) {
      throw inquiry.unavailable("it answers %d%s".formatted(reply.status(), which));
    }
    return JsonValues.number(reply.values(), pointer)
        .orElseThrow(
            () ->
                inquiry.unavailable(
                    "it answers without a whole number at %s%s%s"
                        .formatted(pointer, which, reply.excuse())));
  }
}
