package io.github.ticketsim.storm;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Ending.StopReason;
import io.github.ticketsim.ledger.Particulars;
import io.github.ticketsim.stock.Consecutive;
import io.github.ticketsim.stock.Consecutive.AfterEach;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.PerPurchase;
import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.stock.Stock.Lease;
import io.github.ticketsim.stock.Stock.Timed;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Buys, one purchase after the other, and writes each attempt down. */
final class Buyer {
  private final int number;
  private final Stock stock;
  private final PurchasePlan plan;
  private final StormWindow window;
  private final BooleanSupplier open;
  private final Storm.AttemptLog log;

  /**
   * An attempt to be made.
   *
   * @param id its own; null if it gets one when it has ended
   * @param purchase what is asked for; null if the stock does not ask
   * @param retried whether the purchase is sent twice
   */
  private record Try(@Nullable UUID id, @Nullable PurchaseRequest purchase, boolean retried) {
    static final Try ANY = new Try(null, null, false);
  }

  Buyer(int number, Stock stock, PurchasePlan plan, StormWindow window, Storm.AttemptLog log) {
    this.number = number;
    this.stock = stock;
    this.plan = plan;
    this.window = window;
    this.open = window::open;
    this.log = log;
  }

  /**
   * Makes up to {@code most} purchases, fewer if the window closes. Each begins when the last has
   * ended: time lost in between, on a busy machine, counts as pool wait too.
   */
  void buy(long most) {
    // The wait of a buyer that queued before the start counts from the start.
    var arrived = window.elapsed();
    if (stock instanceof Consecutive consecutive && inARow(most)) {
      consecutive.buy(open, new InARow(most, arrived));
      return;
    }
    for (var made = 0L; made < most && window.open(); made++) {
      arrived = acquireAndBuy(made, OptionalLong.empty(), arrived);
    }
  }

  /** Whether a stock that is {@link Consecutive} goes on by itself with up to so many purchases. */
  static boolean inARow(long most) {
    return most > 1;
  }

  /** Writes down purchases that the stock makes one after the other. */
  private final class InARow implements AfterEach {
    private final long most;
    private long made;
    private long arrived;

    InARow(long most, long arrived) {
      this.most = most;
      this.arrived = arrived;
    }

    @Override
    public boolean another(Timed ended) {
      arrived = record(Try.ANY, OptionalLong.empty(), arrived, ended);
      made++;
      return made < most && window.openAt(arrived);
    }
  }

  /** Makes the one purchase that was planned to begin at {@code intended}. */
  void buyOnce(long intended) {
    var _ = acquireAndBuy(0, OptionalLong.of(intended), window.elapsed());
  }

  /** Returns when that ended. */
  private long acquireAndBuy(long attempt, OptionalLong intended, long arrived) {
    if (!(stock instanceof PerPurchase each)) {
      return attempt(stock.acquire(open), Try.ANY, intended, arrived);
    }
    var purchase = plan.purchase(newId(), number, attempt);
    return switch (plan.retry(purchase)) {
      case NONE ->
          attempt(
              each.acquire(purchase, open),
              new Try(purchase.id(), purchase, false),
              intended,
              arrived);
      case BESIDE -> twiceAtOnce(each, purchase, intended, arrived);
      case AFTER -> twiceInTurn(each, purchase, intended, arrived);
    };
  }

  private UUID newId() {
    return log.ids().next(window.epochMillis(window.elapsed()));
  }

  private long twiceInTurn(
      PerPurchase each, PurchaseRequest purchase, OptionalLong intended, long arrived) {
    var returned =
        attempt(
            each.acquire(purchase, open),
            new Try(purchase.id(), purchase, true),
            intended,
            arrived);
    return attempt(
        each.acquire(purchase, open),
        new Try(newId(), purchase, true),
        intended.isPresent() ? OptionalLong.of(returned) : intended,
        returned);
  }

  /** Both are sent when both can be. */
  private long twiceAtOnce(
      PerPurchase each, PurchaseRequest purchase, OptionalLong intended, long arrived) {
    var first = each.acquire(purchase, open);
    var second = first.isPresent() ? each.acquireBeside(purchase, open) : first;
    if (second.isEmpty()) {
      return attempt(first, new Try(purchase.id(), purchase, false), intended, arrived);
    }
    var begins = new CountDownLatch(1);
    var retry =
        new FutureTask<>(
            () -> {
              begins.countDown();
              return attempt(second, new Try(newId(), purchase, true), intended, arrived);
            });
    Thread.ofVirtual().name("retry").start(retry);
    try {
      begins.await();
      var returned = attempt(first, new Try(purchase.id(), purchase, true), intended, arrived);
      return Math.max(returned, retry.get());
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("a purchase was not sent twice", e);
    }
  }

  /** Returns when that ended. */
  private long attempt(Optional<Lease> lease, Try attempt, OptionalLong intended, long arrived) {
    return lease.isPresent()
        ? buy(lease.get(), attempt, intended, arrived)
        : withoutLease(attempt, intended, arrived);
  }

  private long buy(Lease lease, Try attempt, OptionalLong intended, long arrived) {
    Timed timed;
    try (lease) {
      timed = lease.buy(window.nanoClock());
    }
    // Only now: the next buyer must not wait until this attempt is written down.
    return record(attempt, intended, arrived, timed);
  }

  /** Returns when that ended. */
  private long record(Try attempt, OptionalLong intended, long arrived, Timed timed) {
    var call = window.since(timed.callNanos());
    var returned = window.since(timed.returnNanos());
    record(attempt, intended, call - arrived, call, returned, timed.outcome(), timed.order());
    return returned;
  }

  /** If the storm stalled, the attempt has failed; if it ended otherwise, none was made. */
  private long withoutLease(Try attempt, OptionalLong intended, long arrived) {
    var now = window.now();
    if (window.stopReason() == StopReason.STALLED) {
      record(
          attempt,
          intended,
          now - arrived,
          now,
          now,
          new Outcome.Failed("not sent: neither a sale nor a refusal for too long"),
          Optional.empty());
    }
    return now;
  }

  private void record(
      Try attempt,
      OptionalLong intended,
      long poolWait,
      long call,
      long returned,
      Outcome outcome,
      Optional<String> order) {
    var timestamp = window.epochMillis(returned);
    var unknown = outcome.kind() == Outcome.Kind.INDETERMINATE;
    var purchase = attempt.purchase();
    var id = attempt.id();
    log.ledger()
        .append(
            new Attempt(
                id == null ? log.ids().next(timestamp) : id,
                id == null ? timestamp : PurchaseIds.epochMillis(id),
                number,
                intended,
                OptionalLong.of(poolWait),
                call,
                unknown ? OptionalLong.empty() : OptionalLong.of(returned),
                outcome,
                purchase == null
                    ? Particulars.NONE
                    : plan.particulars(purchase, attempt.retried(), order)));
    log.progress().add(outcome.kind(), call, poolWait + returned - call);
  }
}
