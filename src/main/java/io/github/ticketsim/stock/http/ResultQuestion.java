package io.github.ticketsim.stock.http;

import io.github.ticketsim.sale.ReplyRules;
import io.github.ticketsim.sale.Values;
import io.github.ticketsim.stock.FairPool;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.Stock.Lease;
import io.github.ticketsim.stock.deadline.Watchdog;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/** Asks what became of accepted purchases, over connections of its own. */
final class ResultQuestion {
  private final HttpRequest request;
  private final boolean needsOrder;
  private final HttpResult result;
  private final ReplyRules first;
  private final Dialer dialer;
  private final LongSupplier nanoClock;
  private final FairPool<HttpConnection> connections;

  /** What became of a purchase. */
  record Decision(Outcome outcome, Optional<String> order) {}

  /**
   * @param first rules of the reply that accepts
   */
  ResultQuestion(
      HttpResult result,
      Values values,
      ReplyRules first,
      int connections,
      Duration timeout,
      Watchdog watchdog,
      EventLoop loop,
      LongSupplier nanoClock) {
    this.request = result.request().request(values);
    this.needsOrder = result.request().names().contains("order");
    this.result = result;
    this.first = first;
    this.dialer = new Dialer(result.request().address(), timeout, watchdog, Optional.of(loop));
    this.nanoClock = nanoClock;
    this.connections = new FairPool<>(connections);
  }

  /**
   * Asks until it is decided, or for as long as the sale says.
   *
   * @param order that {@code accepted} names, if it does
   */
  Decision ask(PurchaseRequest purchase, Optional<String> order, HttpReply accepted) {
    if (needsOrder && order.isEmpty()) {
      return new Decision(
          new Outcome.Indeterminate(
              "reply %d: accepted, and without an order%s%s"
                  .formatted(
                      accepted.status(),
                      first.orderAt().map(pointer -> " at " + pointer).orElse(""),
                      accepted.excuse())),
          order);
    }
    var end = nanoClock.getAsLong() + result.within().toNanos();
    var last = "no reply";
    while (true) {
      var lease = (Question) connections.acquire(() -> true, this::question).orElseThrow();
      try (lease) {
        var reply = lease.ask(purchase, order.orElse(""));
        var outcome = result.rules().result(reply);
        if (outcome.isPresent()) {
          return new Decision(outcome.get(), result.rules().order(reply).or(() -> order));
        }
        last = "reply %d %s".formatted(reply.status(), reply.start());
      } catch (IOException | HttpException | RuntimeException e) {
        last = HttpProblem.words(e);
      }
      var ahead = end - nanoClock.getAsLong();
      if (ahead <= 0) {
        return new Decision(
            new Outcome.Indeterminate(
                "accepted, and not decided within %,d ms: %s"
                    .formatted(result.within().toMillis(), last.strip())),
            order);
      }
      LockSupport.parkNanos(this, Math.min(ahead, result.every().toNanos()));
    }
  }

  private Lease question(Optional<HttpConnection> waiting) {
    try {
      return new Question(dialer.replaced(waiting), null);
    } catch (IOException e) {
      return new Question(null, e);
    }
  }

  void hangUp() {
    connections.drain(HttpConnection::close);
  }

  /** A lease of a connection, to ask once. */
  private final class Question implements Lease {
    private final @Nullable HttpConnection connection;
    private final @Nullable IOException problem;

    Question(@Nullable HttpConnection connection, @Nullable IOException problem) {
      this.connection = connection;
      this.problem = problem;
    }

    HttpReply ask(PurchaseRequest purchase, String order) throws IOException, HttpException {
      if (connection == null) {
        throw problem == null ? new IOException("no connection") : problem;
      }
      return connection.exchange(request, purchase, order);
    }

    @Override
    public Outcome buy() {
      throw new UnsupportedOperationException("asks, and does not buy");
    }

    @Override
    public void close() {
      if (connection == null) {
        connections.release(Optional.empty());
      } else {
        connection.giveBack(connections);
      }
    }
  }
}
