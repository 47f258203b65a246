package io.github.ticketsim.storm;

import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.Ending.Cut;
import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.stock.Stock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Releases all buyers at once upon a stock, and waits until the last attempt has ended. */
public final class Storm {
  private static final long WATCH_MILLIS = 50;

  private final StormPlan plan;
  private final Stock stock;
  private final Sale sale;
  private final Records records;
  private volatile boolean over;

  /** What buyers share to write down their attempts. */
  record Records(Ledger ledger, Progress progress, StormClock clock, PurchaseIds ids) {}

  /**
   * @param stock is settled, but not closed, by the storm
   */
  public Storm(StormPlan plan, Stock stock, StormClock clock, PurchaseIds ids) {
    this.plan = plan;
    this.stock = stock;
    this.sale = new Sale(clock.nanos());
    this.records = new Records(new Ledger(), new Progress(), clock, ids);
  }

  /** The counts so far; may be read at any time by any thread. */
  public Progress progress() {
    return records.progress();
  }

  /** How long the storm has been going on; zero before. May be read at any time by any thread. */
  public Duration elapsed() {
    return Duration.ofNanos(sale.elapsed());
  }

  /** Whether all attempts have ended. May be read at any time by any thread. */
  public boolean over() {
    return over;
  }

  /** Lets no further attempt begin; those under way finish. May be called by any thread. */
  public void interrupt() {
    sale.end(Cut.INTERRUPTED);
  }

  /**
   * Runs the storm, once. Ends by itself: attempts are bounded by the stock's timeouts, and without
   * a sale or a refusal for the plan's silence limit no further attempt begins.
   *
   * @throws InterruptedException when this thread is interrupted
   */
  public StormResult run() throws InterruptedException {
    var ready = new CountDownLatch(plan.buyers());
    var start = new CountDownLatch(1);
    var done = new CountDownLatch(plan.buyers());
    var bug = new AtomicReference<@Nullable Throwable>();
    for (var number = 0; number < plan.buyers(); number++) {
      var buyer = new Buyer(number, stock, sale, records);
      Thread.ofVirtual()
          .name("buyer-", number)
          .start(
              () -> {
                try {
                  ready.countDown();
                  start.await();
                  buyer.buy(attemptsEach());
                } catch (Throwable e) {
                  bug.compareAndSet(null, e);
                  interrupt();
                } finally {
                  done.countDown();
                }
              });
    }
    ready.await();
    var started = records.clock().wall().instant().truncatedTo(ChronoUnit.MILLIS);
    sale.start(lengthNanos());
    start.countDown();
    awaitEnd(done);
    over = true;
    // Before settling: whoever interrupts that has not kept any attempt from being made.
    var cut = sale.cut();
    var cause = bug.get();
    if (cause != null) {
      throw new IllegalStateException("a buyer broke down", cause);
    }
    return new StormResult(
        started, sale.startNanos(), records.ledger().freeze(), new Ending(stock.settle(), cut));
  }

  private long attemptsEach() {
    return switch (plan.demand()) {
      case Demand.Purchases(var perBuyer) -> perBuyer;
      case Demand.Until _ -> Long.MAX_VALUE;
    };
  }

  private long lengthNanos() {
    return switch (plan.demand()) {
      case Demand.Purchases _ -> Long.MAX_VALUE;
      case Demand.Until(var limit, _) -> limit.toNanos();
    };
  }

  private long mostAttempts() {
    return switch (plan.demand()) {
      case Demand.Purchases _ -> Long.MAX_VALUE;
      case Demand.Until(_, var mostAttempts) -> mostAttempts;
    };
  }

  private void awaitEnd(CountDownLatch done) throws InterruptedException {
    var most = mostAttempts();
    var replies = 0L;
    var lastReply = sale.now();
    while (!done.await(WATCH_MILLIS, TimeUnit.MILLISECONDS)) {
      var now = sale.now();
      if (progress().attempts() >= most) {
        sale.end(Cut.FULL);
      }
      if (progress().replies() != replies) {
        replies = progress().replies();
        lastReply = now;
      } else if (now - lastReply > plan.silenceLimit().toNanos()) {
        sale.end(Cut.SILENCE);
      }
    }
  }
}
