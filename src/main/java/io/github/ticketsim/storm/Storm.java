package io.github.ticketsim.storm;

import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.Ending.StopReason;
import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.stock.Consecutive;
import io.github.ticketsim.stock.Endless;
import io.github.ticketsim.stock.Gated;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.stock.StockUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Puts a load upon a stock, and waits until the last attempt has ended. */
public final class Storm {
  private static final long WATCH_MILLIS = 50;

  /** Of stall timeouts: after so many, attempts without a time limit are interrupted. */
  private static final int INTERRUPT_AFTER = 2;

  /** Of stall timeouts: after so many, those that are still under way are given up. */
  private static final int GIVE_UP_AFTER = 3;

  private final StormPlan plan;
  private final OwnBuyers own;
  private final Stock stock;
  private final StormWindow window;
  private final InstantSource wall;
  private final AttemptLog log;
  private volatile boolean over;

  /** What buyers share to write down their attempts. */
  record AttemptLog(Ledger ledger, Progress progress, PurchaseIds ids) {}

  /**
   * @param stock is settled, but not closed, by the storm
   */
  public Storm(StormPlan plan, Stock stock, StormClock clock, PurchaseIds ids) {
    this(plan, plan.own(), stock, clock, ids);
  }

  /**
   * @param own the buyers of this process
   */
  Storm(StormPlan plan, OwnBuyers own, Stock stock, StormClock clock, PurchaseIds ids) {
    this.plan = plan;
    this.own = own;
    this.stock = stock;
    this.window = new StormWindow(clock.nanos(), clock.wall().millis());
    this.wall = clock.wall();
    this.log = new AttemptLog(new Ledger(), new Progress(), ids);
  }

  /** The counts so far; may be read at any time by any thread. */
  public Progress progress() {
    return log.progress();
  }

  /** How long the storm has been going on; zero before. May be read at any time by any thread. */
  public Duration elapsed() {
    return Duration.ofNanos(window.elapsed());
  }

  /**
   * How much is done: of its time if that is limited, else of its attempts. May be read at any time
   * by any thread.
   */
  public double share() {
    return switch (own.load().demand()) {
      case Demand.Purchases _ ->
          (double) progress().attempts() / own.load().attempts().orElseThrow();
      case Demand.Until(var limit, _) -> (double) elapsed().toNanos() / limit.toNanos();
    };
  }

  /** Whether all attempts have ended. May be read at any time by any thread. */
  public boolean over() {
    return over;
  }

  /** Lets no further attempt begin; those under way finish. May be called by any thread. */
  public void interrupt() {
    window.end(StopReason.INTERRUPTED);
  }

  /**
   * Runs the storm, once. Ends by itself: attempts are bounded by the stock's timeouts, and without
   * a sale or a refusal for the plan's stall timeout no further attempt begins. Attempts that have
   * no time limit are then interrupted.
   *
   * @throws StockUnavailableException if such an attempt goes on all the same
   * @throws InterruptedException when this thread is interrupted
   */
  public StormResult run() throws InterruptedException {
    return run(StormBarrier.NONE);
  }

  /**
   * The same as one part of a storm.
   *
   * @param barrier where it waits for the others
   * @throws InterruptedException when this thread is interrupted
   */
  public StormResult run(StormBarrier barrier) throws InterruptedException {
    var bug = new AtomicReference<@Nullable Throwable>();
    var driver =
        driver(
            number -> new Buyer(number, stock, plan.purchases(), window, log),
            e -> {
              bug.compareAndSet(null, e);
              interrupt();
            });
    driver.prepare();
    if (JitWarmUp.pays(own.load())) {
      // What lives on, such as the threads of buyers, is moved now and not in the middle of the
      // storm.
      System.gc();
    }
    // After that, so that the ledger gets memory that was in use already.
    own.load().attempts().ifPresent(log.ledger()::reserve);
    barrier.awaitStart(window::open);
    var started = wall.instant().truncatedTo(ChronoUnit.MILLIS);
    window.start(started.toEpochMilli(), lengthNanos());
    driver.start();
    try {
      awaitEnd(driver);
    } catch (InterruptedException e) {
      interrupt();
      if (stock instanceof Endless endless) {
        endless.interrupt();
      }
      throw e;
    }
    over = true;
    // Before settling: an interrupt that comes later has kept no attempt from being made.
    var stopReason = window.stopReason();
    var cause = bug.get();
    if (cause != null) {
      throw new IllegalStateException("a buyer broke down", cause);
    }
    var others = barrier.awaitOthers();
    var settlement = stock.settle();
    return new StormResult(
        started,
        window.startNanos(),
        driver.buyers(),
        log.ledger().freeze(),
        new Ending(
            others
                .map(problem -> Settlement.unsettled(settlement.left(), problem))
                .orElse(settlement),
            stopReason));
  }

  private LoadDriver driver(IntFunction<Buyer> buyers, Consumer<Throwable> broken) {
    return switch (own.load()) {
      case Load.Closed closed ->
          new ClosedLoadDriver(closed, own, startGate(closed), buyers, broken);
      case Load.Open open ->
          new OpenLoadDriver(open, window, index -> buyers.apply(own.number(index)), broken);
    };
  }

  private Optional<Runnable> startGate(Load.Closed load) {
    return switch (stock) {
      case Gated gated -> Optional.of(gated.startGate());
      case Consecutive consecutive when Buyer.inARow(load.mostEach()) ->
          Optional.of(consecutive.startGate());
      default -> Optional.empty();
    };
  }

  /**
   * When attempts may begin no more. Those of an open load that are late are due all the same:
   * without them, the worst times would be missing.
   */
  private long lengthNanos() {
    return own.load() instanceof Load.Closed(_, Demand.Until(var limit, _))
        ? limit.toNanos()
        : Long.MAX_VALUE;
  }

  private long mostAttempts() {
    return switch (own.load().demand()) {
      case Demand.Purchases _ -> Long.MAX_VALUE;
      case Demand.Until(_, var mostAttempts) -> mostAttempts;
    };
  }

  private void awaitEnd(LoadDriver driver) throws InterruptedException {
    var most = mostAttempts();
    var replies = 0L;
    var lastReply = window.now();
    while (!driver.awaitEnd(WATCH_MILLIS)) {
      var now = window.now();
      if (progress().attempts() >= most) {
        window.end(StopReason.FULL);
      }
      if (progress().replies() != replies || !driver.underWay()) {
        replies = progress().replies();
        lastReply = now;
      } else if (now - lastReply > plan.stallTimeout().toNanos()) {
        window.end(StopReason.STALLED);
        if (stock instanceof Endless endless) {
          breakOff(endless, (now - lastReply) / plan.stallTimeout().toNanos());
        }
      }
    }
  }

  private void breakOff(Endless endless, long stallTimeouts) {
    if (stallTimeouts >= GIVE_UP_AFTER) {
      throw new StockUnavailableException(
          stock.strategy(),
          "a purchase has not returned for %s, nor after an interrupt; it stands in %s"
              .formatted(
                  LoadText.of(plan.stallTimeout().multipliedBy(GIVE_UP_AFTER)), endless.place()),
          "look for a deadlock");
    }
    if (stallTimeouts >= INTERRUPT_AFTER) {
      endless.interrupt();
    }
  }
}
