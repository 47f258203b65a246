package io.github.ticketsim.storm;

import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.Ending.Cut;
import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.stock.Gated;
import io.github.ticketsim.stock.Stock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Lets buyers loose upon a stock, and waits until the last attempt has ended. */
public final class Storm {
  private static final long WATCH_MILLIS = 50;

  private final StormPlan plan;
  private final Stock stock;
  private final Sale sale;
  private final InstantSource wall;
  private final Records records;
  private volatile boolean over;

  /** What buyers share to write down their attempts. */
  record Records(Ledger ledger, Progress progress, PurchaseIds ids) {}

  /**
   * @param stock is settled, but not closed, by the storm
   */
  public Storm(StormPlan plan, Stock stock, StormClock clock, PurchaseIds ids) {
    this.plan = plan;
    this.stock = stock;
    this.sale = new Sale(clock.nanos());
    this.wall = clock.wall();
    this.records = new Records(new Ledger(), new Progress(), ids);
  }

  /** The counts so far; may be read at any time by any thread. */
  public Progress progress() {
    return records.progress();
  }

  /** How long the storm has been going on; zero before. May be read at any time by any thread. */
  public Duration elapsed() {
    return Duration.ofNanos(sale.elapsed());
  }

  /**
   * How much is done: of its time if that is limited, else of its attempts. May be read at any time
   * by any thread.
   */
  public double share() {
    return switch (plan.load().demand()) {
      case Demand.Purchases _ ->
          (double) progress().attempts() / plan.load().attempts().orElseThrow();
      case Demand.Until(var limit, _) -> (double) elapsed().toNanos() / limit.toNanos();
    };
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
    var bug = new AtomicReference<@Nullable Throwable>();
    var release =
        release(
            number -> new Buyer(number, stock, sale, records),
            e -> {
              bug.compareAndSet(null, e);
              interrupt();
            });
    release.prepare();
    var started = wall.instant().truncatedTo(ChronoUnit.MILLIS);
    sale.start(started.toEpochMilli(), lengthNanos());
    release.start();
    awaitEnd(release);
    over = true;
    // Before settling: whoever interrupts that has not kept any attempt from being made.
    var cut = sale.cut();
    var cause = bug.get();
    if (cause != null) {
      throw new IllegalStateException("a buyer broke down", cause);
    }
    return new StormResult(
        started,
        sale.startNanos(),
        release.buyers(),
        records.ledger().freeze(),
        new Ending(stock.settle(), cut));
  }

  private Release release(IntFunction<Buyer> buyers, Consumer<Throwable> broken) {
    return switch (plan.load()) {
      case Load.Closed closed -> new Rush(closed, startGate(), buyers, broken);
      case Load.Open open -> new Pacer(open, sale, buyers, broken);
    };
  }

  private Optional<Runnable> startGate() {
    return stock instanceof Gated gated ? Optional.of(gated.startGate()) : Optional.empty();
  }

  /**
   * When attempts may begin no more. Those of an open load that are late are due all the same:
   * without them, the worst times would be missing.
   */
  private long lengthNanos() {
    return plan.load() instanceof Load.Closed(_, Demand.Until(var limit, _))
        ? limit.toNanos()
        : Long.MAX_VALUE;
  }

  private long mostAttempts() {
    return switch (plan.load().demand()) {
      case Demand.Purchases _ -> Long.MAX_VALUE;
      case Demand.Until(_, var mostAttempts) -> mostAttempts;
    };
  }

  private void awaitEnd(Release release) throws InterruptedException {
    var most = mostAttempts();
    var replies = 0L;
    var lastReply = sale.now();
    while (!release.awaitEnd(WATCH_MILLIS)) {
      var now = sale.now();
      if (progress().attempts() >= most) {
        sale.end(Cut.FULL);
      }
      if (progress().replies() != replies || !release.underWay()) {
        replies = progress().replies();
        lastReply = now;
      } else if (now - lastReply > plan.silenceLimit().toNanos()) {
        sale.end(Cut.SILENCE);
      }
    }
  }
}
