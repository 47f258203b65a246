package io.github.ticketsim.stock.http;

import io.github.ticketsim.ledger.ShopAccount;
import io.github.ticketsim.sale.ExampleReply;
import io.github.ticketsim.sale.ReplyRules;
import io.github.ticketsim.sale.ReplyRules.Meaning;
import io.github.ticketsim.stock.FairPool;
import io.github.ticketsim.stock.Gated;
import io.github.ticketsim.stock.JitWarmable;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.PerPurchase;
import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.deadline.Watchdog;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.hc.core5.http.HttpException;

/** A stock behind an HTTP endpoint, sold over kept connections. */
public final class HttpStock implements Gated, PerPurchase, JitWarmable {

  /** The name of this way to sell. */
  public static final String STRATEGY = "http";

  private static final int MOST_WARM_UP_CONNECTIONS = 64;

  private final HttpRequest request;
  private final ReplyRules rules;
  private final Optional<ResultQuestion> result;
  private final Closing closing;
  private final LongSupplier nanoClock;
  private final Watchdog watchdog;
  private final EventLoop loop;
  private final Dialer dialer;
  private final LongAdder unknown = new LongAdder();
  private final UnclearWords unclear = new UnclearWords();

  private final FairPool<HttpConnection> connections;

  /** For what is sent beside a purchase; none is made before it is needed. */
  private final FairPool<HttpConnection> spare;

  private final HttpSale sale;
  private final int size;
  private final Duration timeout;

  /** What answers a JIT warm-up; empty if this is the sale itself. */
  private final Optional<WarmUpServer> warmUp;

  private final List<HttpStock> warmUps = new CopyOnWriteArrayList<>();

  private volatile ShopAccount account = ShopAccount.NONE;

  private HttpStock(
      HttpSale sale,
      int connections,
      Duration timeout,
      EventLoop loop,
      LongSupplier nanoClock,
      Optional<WarmUpServer> warmUp) {
    this.sale = sale;
    this.size = connections;
    this.timeout = timeout;
    this.warmUp = warmUp;
    this.request = sale.purchase().request(sale.values());
    this.rules = sale.rules();
    this.nanoClock = nanoClock;
    this.watchdog = new Watchdog(nanoClock);
    this.loop = loop;
    this.dialer =
        new Dialer(
            warmUp.map(WarmUpServer::address).orElse(sale.purchase().address()),
            timeout,
            watchdog,
            Optional.of(loop));
    this.connections = new FairPool<>(connections);
    this.spare = new FairPool<>(connections);
    this.result =
        sale.result()
            .map(
                asked ->
                    new ResultQuestion(
                        asked,
                        sale.values(),
                        rules,
                        connections,
                        timeout,
                        watchdog,
                        loop,
                        nanoClock));
    this.closing = new Closing(sale, timeout, nanoClock);
  }

  /**
   * Opens all connections, so that the storm does not measure their making.
   *
   * @param connections at most, for purchases
   * @param timeout for connecting, and for each whole reply
   * @param nanoClock monotonic, to bound all waiting
   * @throws StockUnavailableException when a connection cannot be opened
   */
  public static HttpStock open(
      HttpSale sale, int connections, Duration timeout, LongSupplier nanoClock) {
    return open(sale, connections, timeout, nanoClock, Optional.empty());
  }

  private static HttpStock open(
      HttpSale sale,
      int connections,
      Duration timeout,
      LongSupplier nanoClock,
      Optional<WarmUpServer> warmUp) {
    var loop = EventLoop.start(sale.purchase().address());
    HttpStock stock;
    try {
      stock = new HttpStock(sale, connections, timeout, loop, nanoClock, warmUp);
    } catch (IllegalArgumentException e) {
      loop.close();
      // Only what was kept ahead of the storm can be wrong by now.
      throw new StockUnavailableException(
          sale.purchase().address().label(),
          String.valueOf(e.getMessage()),
          "check what before keeps");
    }
    try {
      stock.connections.fill(() -> dial(stock.dialer, sale.purchase().address()));
      return stock;
    } catch (StockUnavailableException e) {
      stock.close();
      throw e;
    }
  }

  @Override
  public List<Stock> jitWarmUps() {
    // Over TLS most of the time goes into TLS itself, which this would not warm up.
    return sale.purchase().address().tls()
        ? List.of()
        : Stream.of(Meaning.SOLD, Meaning.SOLD_OUT)
            .flatMap(meaning -> rules.example(meaning).stream())
            .flatMap(reply -> warmUp(reply).stream())
            .toList();
  }

  /** The same sale of a shop that gives one reply to all; empty if this machine does not let it. */
  private Optional<Stock> warmUp(ExampleReply reply) {
    try {
      var server = WarmUpServer.start(reply);
      try {
        var connections = Math.min(size, MOST_WARM_UP_CONNECTIONS);
        var other =
            open(sale.purchaseAlone(), connections, timeout, nanoClock, Optional.of(server));
        warmUps.add(other);
        return Optional.of(other);
      } catch (StockUnavailableException _) {
        server.close();
        return Optional.empty();
      }
    } catch (IOException _) {
      return Optional.empty();
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

  /** Whether nothing that is sent differs from buyer to buyer. */
  public boolean sameForAllBuyers() {
    return request.sameForAllBuyers();
  }

  @Override
  public Runnable startGate() {
    // Since they were opened, the server may have closed some for being idle.
    connections.renew(
        waiting -> {
          try {
            return Optional.of(dialer.replaced(waiting));
          } catch (IOException _) {
            // The buyer that gets the slot will say so.
            return Optional.empty();
          }
        });
    return connections.startGate();
  }

  @Override
  public Optional<Lease> acquire(PurchaseRequest purchase, BooleanSupplier open) {
    return connections.acquire(open, waiting -> lease(connections, waiting, purchase));
  }

  @Override
  public Optional<Lease> acquireBeside(PurchaseRequest purchase, BooleanSupplier open) {
    return spare.acquire(open, waiting -> lease(spare, waiting, purchase));
  }

  private Lease lease(
      FairPool<HttpConnection> pool, Optional<HttpConnection> waiting, PurchaseRequest purchase) {
    try {
      return new HttpLease(pool, dialer.replaced(waiting), purchase);
    } catch (IOException e) {
      // Nothing was sent: whatever went wrong in connecting, no purchase left.
      return pool.failed(new Outcome.Failed("not sent: " + HttpProblem.connecting(e).words()));
    }
  }

  /**
   * What is left is settled only if every attempt is known to have ended, or if the shop says what
   * it sold: HTTP has no way to ask whether a request that got no reply is still on its way.
   */
  @Override
  public Settlement settle() {
    hangUp();
    if (warmUp.isPresent()) {
      close();
      return Settlement.unsettled(OptionalLong.empty(), "a JIT warm-up sells nothing");
    }
    var open = unknown.sum();
    var read = closing.read(open > 0);
    account = read;
    if (sale.orders().isPresent() && read.orders().isEmpty()) {
      return Settlement.unsettled(read.left(), read.problem().orElse("no orders were read"));
    }
    if (open == 0 || read.orders().isPresent()) {
      return new Settlement(read.left(), true, read.problem());
    }
    return Settlement.unsettled(
        read.left(),
        "%,d attempts of unknown fate may still act, and HTTP does not tell".formatted(open)
            + read.problem().map(problem -> "; " + problem).orElse(""));
  }

  /** What the shop said when the stock settled. */
  public ShopAccount account() {
    return account;
  }

  private void hangUp() {
    connections.drain(HttpConnection::close);
    spare.drain(HttpConnection::close);
    result.ifPresent(ResultQuestion::hangUp);
  }

  @Override
  public void close() {
    hangUp();
    loop.close();
    watchdog.close();
    warmUp.ifPresent(WarmUpServer::close);
    warmUps.forEach(HttpStock::close);
  }

  /** A lease of a connection. */
  private final class HttpLease implements Lease {
    private final FairPool<HttpConnection> pool;
    private final HttpConnection connection;
    private final PurchaseRequest purchase;
    private boolean released;

    HttpLease(FairPool<HttpConnection> pool, HttpConnection connection, PurchaseRequest purchase) {
      this.pool = pool;
      this.connection = connection;
      this.purchase = purchase;
    }

    @Override
    public Outcome buy() {
      return buy(nanoClock).outcome();
    }

    @Override
    public Timed buy(LongSupplier clock) {
      var call = clock.getAsLong();
      HttpReply reply;
      try {
        reply = connection.exchange(request, purchase, "");
      } catch (IOException | HttpException | RuntimeException e) {
        return timed(
            call,
            clock.getAsLong(),
            new Outcome.Indeterminate(HttpProblem.words(e)),
            Optional.empty());
      }
      var returned = clock.getAsLong();
      if (result.isEmpty() || !rules.accepts(reply)) {
        return timed(call, returned, rules.outcome(reply), rules.order(reply));
      }
      // Others can buy while this purchase is decided.
      close();
      var order = rules.order(reply);
      var decided = result.get().ask(purchase, order, reply);
      return timed(call, clock.getAsLong(), decided.outcome(), decided.order());
    }

    private Timed timed(long call, long returned, Outcome outcome, Optional<String> order) {
      if (outcome instanceof Outcome.Indeterminate(var error)) {
        unknown.increment();
        return new Timed(call, returned, new Outcome.Indeterminate(unclear.bounded(error)), order);
      }
      return new Timed(
          call, returned, outcome, outcome instanceof Outcome.Sold ? order : Optional.empty());
    }

    @Override
    public void close() {
      if (!released) {
        released = true;
        connection.giveBack(pool);
      }
    }
  }
}
