package io.github.ticketsim.storm;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Ending.StopReason;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.PerBuyer;
import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.stock.Stock.Lease;
import io.github.ticketsim.stock.Stock.Timed;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** Buys, one attempt after the other, and writes each of them down. */
final class Buyer {
  private final int number;
  private final Stock stock;
  private final StormWindow window;
  private final BooleanSupplier open;
  private final Storm.AttemptLog log;

  Buyer(int number, Stock stock, StormWindow window, Storm.AttemptLog log) {
    this.number = number;
    this.stock = stock;
    this.window = window;
    this.open = window::open;
    this.log = log;
  }

  /**
   * Makes up to {@code most} attempts, fewer if the window closes. Each begins when the last has
   * ended: time lost in between, on a busy machine, counts as pool wait too.
   */
  void buy(long most) {
    // The wait of a buyer that queued before the start counts from the start.
    var arrived = window.elapsed();
    for (var made = 0L; made < most && window.open(); made++) {
      arrived = acquireAndBuy(OptionalLong.empty(), arrived);
    }
  }

  /** Makes the one attempt that was planned to begin at {@code intended}. */
  void buyOnce(long intended) {
    var _ = acquireAndBuy(OptionalLong.of(intended), window.elapsed());
  }

  /** Returns when that ended. */
  private long acquireAndBuy(OptionalLong intended, long arrived) {
    var lease = stock instanceof PerBuyer each ? each.acquire(number, open) : stock.acquire(open);
    return lease.isPresent()
        ? attempt(intended, arrived, lease.get())
        : withoutLease(intended, arrived);
  }

  private long attempt(OptionalLong intended, long arrived, Lease lease) {
    Timed timed;
    try (lease) {
      timed = lease.buy(window.nanoClock());
    }
    // Only now: the next buyer must not wait until this attempt is written down.
    var call = window.since(timed.callNanos());
    var returned = window.since(timed.returnNanos());
    record(intended, call - arrived, call, returned, timed.outcome());
    return returned;
  }

  /** If the storm stalled, the attempt has failed; if it ended otherwise, none was made. */
  private long withoutLease(OptionalLong intended, long arrived) {
    var now = window.now();
    if (window.stopReason() == StopReason.STALLED) {
      record(
          intended,
          now - arrived,
          now,
          now,
          new Outcome.Failed("not sent: neither a sale nor a refusal for too long"));
    }
    return now;
  }

  private void record(
      OptionalLong intended, long poolWait, long call, long returned, Outcome outcome) {
    var timestamp = window.epochMillis(returned);
    var unknown = outcome.kind() == Outcome.Kind.INDETERMINATE;
    log.ledger()
        .append(
            new Attempt(
                log.ids().next(timestamp),
                timestamp,
                number,
                intended,
                OptionalLong.of(poolWait),
                call,
                unknown ? OptionalLong.empty() : OptionalLong.of(returned),
                outcome));
    log.progress().add(outcome.kind());
  }
}
