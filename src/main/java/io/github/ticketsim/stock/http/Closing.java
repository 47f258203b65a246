package io.github.ticketsim.stock.http;

import io.github.ticketsim.ledger.ShopAccount;
import io.github.ticketsim.stock.StockUnavailableException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What a shop says after the storm. */
final class Closing {
  /** How many timeouts long each question may be asked again. */
  private static final int MOST_TIMEOUTS = 5;

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** A shop is quiet if it has said the same for so long. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final String UNASKED =
      "pass --stock-url, or say left in a sale file, to have it read";

  private final Optional<StockPage> page;
  private final Optional<OrdersPage> orders;
  private final Duration timeout;
  private final LongSupplier nanoClock;

  /** What was read, or why it was not. */
  private record Read<T>(Optional<T> value, Optional<String> problem) {}

  Closing(HttpSale sale, Duration timeout, LongSupplier nanoClock) {
    this.page = sale.left().map(left -> StockPage.of(left, sale.values(), timeout, nanoClock));
    this.orders =
        sale.orders().map(asked -> new OrdersPage(asked, sale.values(), timeout, nanoClock));
    this.timeout = timeout;
    this.nanoClock = nanoClock;
  }

  /**
   * Reads what is left and what was sold.
   *
   * @param unrest whether attempts may still act; then orders are read once the shop is quiet
   */
  ShopAccount read(boolean unrest) {
    if (unrest && orders.isPresent()) {
      awaitQuiet(page.isPresent() ? () -> page.get().left() : () -> orders.get().orders());
    }
    var left = page.map(asked -> read(asked::left));
    var sold = orders.map(asked -> read(asked::orders));
    var problems =
        List.of(
                left.map(Read::problem).orElse(Optional.of(UNASKED)),
                sold.flatMap(Read::problem).map(problem -> "no orders were read: " + problem))
            .stream()
            .flatMap(Optional::stream)
            .toList();
    return new ShopAccount(
        left.flatMap(Read::value).orElse(Collections.emptySortedMap()),
        sold.flatMap(Read::value),
        problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems)));
  }

  private <T> Read<T> read(Supplier<T> question) {
    var deadline = nanoClock.getAsLong() + timeout.multipliedBy(MOST_TIMEOUTS).toNanos();
    while (true) {
      try {
        return new Read<>(Optional.of(question.get()), Optional.empty());
      } catch (StockUnavailableException e) {
        if (nanoClock.getAsLong() - deadline > 0) {
          return new Read<>(Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
        }
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Returns when the answer has not changed for a while, or at the latest after some timeouts. */
  private void awaitQuiet(Supplier<?> question) {
    var deadline = nanoClock.getAsLong() + timeout.multipliedBy(MOST_TIMEOUTS).toNanos();
    var last = read(question).value();
    var since = nanoClock.getAsLong();
    while (nanoClock.getAsLong() - since < QUIET_NANOS && nanoClock.getAsLong() - deadline < 0) {
      LockSupport.parkNanos(POLL_NANOS);
      var now = read(question).value();
      if (!now.equals(last)) {
        last = now;
        since = nanoClock.getAsLong();
      }
    }
  }
}
