package io.github.ticketsim.stock.http;

import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.deadline.Watchdog;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/** Asks one server one question after the other, over a connection that is kept. For one thread. */
final class Inquiry implements AutoCloseable {
  private final HttpAddress address;
  private final String cure;
  private final Watchdog watchdog;
  private final Dialer dialer;
  private @Nullable HttpConnection connection;

  /**
   * @param cure what to check if there is no answer
   */
  Inquiry(HttpAddress address, Duration timeout, LongSupplier nanoClock, String cure) {
    this.address = address;
    this.cure = cure;
    this.watchdog = new Watchdog(nanoClock);
    this.dialer = new Dialer(address, timeout, watchdog, Optional.empty());
  }

  /**
   * The reply to {@code request}.
   *
   * @throws StockUnavailableException if none comes
   */
  HttpReply reply(HttpRequest request, PurchaseRequest purchase, String order) {
    try {
      return connection().exchange(request, purchase, order);
    } catch (IOException | HttpException e) {
      throw unavailable(HttpProblem.words(e));
    }
  }

  /** The same of a long reply, of which at most {@code most} bytes are read. */
  HttpConnection.Raw raw(HttpRequest request, int most) {
    try {
      return connection().exchange(request, PurchaseRequest.FIRST, "", most);
    } catch (IOException | HttpException e) {
      throw unavailable(HttpProblem.words(e));
    }
  }

  StockUnavailableException unavailable(String problem) {
    return new StockUnavailableException(address.label(), problem, cure);
  }

  private HttpConnection connection() {
    var kept = connection;
    if (kept != null && kept.reusable() && kept.usable()) {
      return kept;
    }
    hangUp();
    try {
      var made = dialer.dial();
      connection = made;
      return made;
    } catch (IOException e) {
      throw HttpProblem.connecting(e).at(address);
    }
  }

  private void hangUp() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  @Override
  public void close() {
    hangUp();
    watchdog.close();
  }
}
