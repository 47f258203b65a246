package io.github.ticketsim.stock.http;

import io.github.ticketsim.stock.FairPool;
import io.github.ticketsim.stock.Gated;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.UnclearReply;
import io.github.ticketsim.stock.deadline.Watchdog;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.hc.core5.http.HttpException;

/** A stock behind an HTTP endpoint, sold over kept connections. */
public final class HttpStock implements Gated {

  /** The name of this way to sell. */
  public static final String STRATEGY = "http";

  /** How many timeouts long settling may take. */
  private static final int SETTLE_TIMEOUTS = 5;

  /** So many different replies that tell nothing are quoted as they are. */
  private static final int MOST_TEXTS = 100;

  private static final long SETTLE_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final byte[] request;
  private final ReplyRules rules;
  private final Optional<StockPage> page;
  private final Duration timeout;
  private final LongSupplier nanoClock;
  private final Watchdog watchdog;
  private final Dialer dialer;
  private final LongAdder unknown = new LongAdder();
  private final Set<String> unclear = ConcurrentHashMap.newKeySet();

  private final FairPool<HttpConnection> connections;
  private final Function<Optional<HttpConnection>, Lease> leases = this::lease;

  private HttpStock(
      HttpTarget target,
      ReplyRules rules,
      Optional<StockPage> page,
      int connections,
      Duration timeout,
      LongSupplier nanoClock) {
    this.request = target.request();
    this.rules = rules;
    this.page = page;
    this.timeout = timeout;
    this.nanoClock = nanoClock;
    this.watchdog = new Watchdog(nanoClock);
    this.dialer = new Dialer(target.address(), timeout, watchdog);
    this.connections = new FairPool<>(connections);
  }

  /**
   * Opens all connections, so that the storm does not measure their making.
   *
   * @param page where the service says what is left, if it does
   * @param connections at most
   * @param timeout for connecting, and for each whole reply
   * @param nanoClock monotonic, to bound all waiting
   * @throws StockUnavailableException when a connection cannot be opened
   */
  public static HttpStock open(
      HttpTarget target,
      ReplyRules rules,
      Optional<StockPage> page,
      int connections,
      Duration timeout,
      LongSupplier nanoClock) {
    var stock = new HttpStock(target, rules, page, connections, timeout, nanoClock);
    try {
      stock.connections.fill(() -> dial(stock.dialer, target.address()));
      return stock;
    } catch (StockUnavailableException e) {
      stock.close();
      throw e;
    }
  }

  private static HttpConnection dial(Dialer dialer, HttpAddress address) {
    try {
      return dialer.dial();
    } catch (IOException e) {
      throw HttpProblem.connecting(e).at(address);
    }
  }

  @Override
  public String strategy() {
    return STRATEGY;
  }

  @Override
  public Model model() {
    return rules.model();
  }

  @Override
  public Runnable startGate() {
    return connections.startGate();
  }

  @Override
  public Optional<Lease> acquire(BooleanSupplier open) {
    return connections.acquire(open, leases);
  }

  private Lease lease(Optional<HttpConnection> waiting) {
    try {
      return new HttpLease(connection(waiting));
    } catch (IOException e) {
      // Nothing was sent: whatever went wrong in connecting, no purchase left.
      return connections.failed(
          new Outcome.Failed("not sent: " + HttpProblem.connecting(e).words()));
    }
  }

  private HttpConnection connection(Optional<HttpConnection> waiting) throws IOException {
    if (waiting.isPresent() && waiting.get().usable()) {
      return waiting.get();
    }
    waiting.ifPresent(HttpConnection::close);
    return dialer.dial();
  }

  /**
   * What is left is settled only if every attempt is known to have ended: HTTP has no way to ask
   * whether a request that got no reply is still on its way.
   */
  @Override
  public Settlement settle() {
    hangUp();
    var left = page.isPresent() ? read(page.get()) : unread("pass --stock-url to have it read");
    var open = unknown.sum();
    if (open == 0) {
      return left;
    }
    return Settlement.unsettled(
        left.left(),
        "%,d attempts of unknown fate may still act, and HTTP does not tell".formatted(open)
            + left.problem().map(problem -> "; " + problem).orElse(""));
  }

  private Settlement read(StockPage page) {
    var deadline = nanoClock.getAsLong() + timeout.multipliedBy(SETTLE_TIMEOUTS).toNanos();
    while (true) {
      try {
        return Settlement.settled(page.left());
      } catch (StockUnavailableException e) {
        if (nanoClock.getAsLong() - deadline > 0) {
          return unread(String.valueOf(e.getMessage()));
        }
      }
      LockSupport.parkNanos(SETTLE_POLL_NANOS);
    }
  }

  private static Settlement unread(String problem) {
    return new Settlement(OptionalLong.empty(), true, Optional.of(problem));
  }

  private void hangUp() {
    connections.drain(HttpConnection::close);
  }

  @Override
  public void close() {
    hangUp();
    watchdog.close();
  }

  /** A lease of a connection. */
  private final class HttpLease implements Lease {
    private final HttpConnection connection;

    HttpLease(HttpConnection connection) {
      this.connection = connection;
    }

    @Override
    public Outcome buy() {
      var outcome = exchange();
      if (outcome instanceof Outcome.Indeterminate(var error)) {
        unknown.increment();
        return new Outcome.Indeterminate(bounded(error));
      }
      return outcome;
    }

    /** The same words unless they are new and there are many: then without the numbers in them. */
    private String bounded(String words) {
      return unclear.contains(words) || (unclear.size() < MOST_TEXTS && unclear.add(words))
          ? words
          : UnclearReply.parse(words).map(reply -> reply.alike().words()).orElse(words);
    }

    private Outcome exchange() {
      try {
        return rules.outcome(connection.exchange(request));
      } catch (IOException | HttpException | RuntimeException e) {
        return new Outcome.Indeterminate(HttpProblem.words(e));
      }
    }

    @Override
    public void close() {
      if (connection.reusable()) {
        connections.release(Optional.of(connection));
      } else {
        connection.close();
        connections.release(Optional.empty());
      }
    }
  }
}
