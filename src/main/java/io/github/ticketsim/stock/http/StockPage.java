package io.github.ticketsim.stock.http;

import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.deadline.Watchdog;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.hc.core5.http.HttpException;

/** Where a service says what is left. */
public final class StockPage {
  private static final String CHECK = "check --stock-url and --stock-at";

  private final HttpTarget look;
  private final String pointer;
  private final Duration timeout;
  private final LongSupplier nanoClock;

  /**
   * @param target whose headers are sent to its own server
   * @param pointer to a whole number in the JSON that {@code address} answers, see {@link #pointer}
   * @param nanoClock monotonic, to bound the wait for that
   */
  public StockPage(
      HttpTarget target,
      HttpAddress address,
      String pointer,
      Duration timeout,
      LongSupplier nanoClock) {
    this.look = target.look(address);
    this.pointer = pointer;
    this.timeout = timeout;
    this.nanoClock = nanoClock;
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
   * What is left at this moment.
   *
   * @throws StockUnavailableException when the page does not tell
   */
  public long left() {
    var reply = reply();
    if (!reply.ok()) {
      throw unavailable("it answers " + reply.status());
    }
    return JsonValues.number(reply.values(), pointer)
        .orElseThrow(
            () -> unavailable("it answers without a whole number at " + pointer + reply.excuse()));
  }

  private HttpReply reply() {
    try (var watchdog = new Watchdog(nanoClock)) {
      HttpConnection connection;
      try {
        connection = new Dialer(look.address(), timeout, watchdog).dial();
      } catch (IOException e) {
        throw HttpProblem.connecting(e).at(look.address());
      }
      try {
        return connection.exchange(look.request());
      } catch (IOException | HttpException e) {
        throw unavailable(HttpProblem.words(e));
      } finally {
        connection.close();
      }
    }
  }

  private StockUnavailableException unavailable(String problem) {
    return new StockUnavailableException(look.address().label(), problem, CHECK);
  }
}
