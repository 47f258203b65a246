package io.github.ticketsim.run;

import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.http.HttpAddress;
import io.github.ticketsim.stock.http.HttpStock;
import io.github.ticketsim.stock.http.HttpTarget;
import io.github.ticketsim.stock.http.ReplyRules;
import io.github.ticketsim.stock.http.StockPage;
import io.github.ticketsim.storm.LoadText;
import io.github.ticketsim.storm.StormClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * A shop behind HTTP.
 *
 * @param request that buys
 * @param rules that say what a reply means
 * @param stockUrl where the shop says what is left, if it does
 * @param stockAt JSON pointer into that answer
 * @param stock how many tickets there are; empty to ask {@code stockUrl}
 * @param connections of all buyers together
 * @param timeout for connecting, and for each reply
 */
public record HttpEndpoint(
    HttpTarget request,
    ReplyRules rules,
    Optional<HttpAddress> stockUrl,
    String stockAt,
    OptionalLong stock,
    int connections,
    Duration timeout)
    implements Target {

  @Override
  public String strategy() {
    return HttpStock.STRATEGY;
  }

  @Override
  public Recorded storm(StormRun run, StormClock clock, RunListener listener)
      throws InterruptedException {
    var page = page(clock.nanos());
    var tickets = page.map(known -> agreed(known.left())).orElseGet(stock::getAsLong);
    try (var opened = HttpStock.open(request, rules, page, connections, timeout, clock.nanos())) {
      listener.reached();
      var recording = new Recording(Recording.newId(clock), run, opened, clock, listener);
      var result = recording.watched(recording.storm());
      var setup =
          new Run.Setup(
              BuildVersion.number(),
              request.method() + " over HTTP/1.1",
              LoadText.of(run.plan().load()),
              connections,
              timeout.toMillis(),
              LoadText.seed(run.plan().load()),
              /* sameRequest= */ true);
      var history =
          recording.history(
              result,
              /* brokenOnPurpose= */ false,
              request.address().label(),
              tickets,
              Optional.of(setup),
              List.of());
      return new Recorded(history, OptionalLong.empty());
    }
  }

  private Optional<StockPage> page(LongSupplier nanoClock) {
    return stockUrl.map(url -> new StockPage(request, url, stockAt, timeout, nanoClock));
  }

  /** What is left, which must be what was said of it. */
  private long agreed(long left) {
    var said = stock.orElse(left);
    if (said != left) {
      throw new StockUnavailableException(
          stockUrl.map(HttpAddress::label).orElse(""),
          "%d tickets are left, but --stock says %d".formatted(left, said),
          "leave --stock out, or fill the stock up");
    }
    return left;
  }
}
