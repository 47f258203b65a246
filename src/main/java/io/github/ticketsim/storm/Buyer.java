package io.github.ticketsim.storm;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Ending.Cut;
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
  private final Sale sale;
  private final BooleanSupplier open;
  private final Storm.Records records;

  Buyer(int number, Stock stock, Sale sale, Storm.Records records) {
    this.number = number;
    this.stock = stock;
    this.sale = sale;
    this.open = sale::open;
    this.records = records;
  }

  /**
   * Makes up to {@code most} attempts, fewer if the sale ends. Each begins when the last has ended:
   * what the buyer loses in between, on a busy machine, is time in line too.
   */
  void buy(long most) {
    // Who was in line before the start has waited since the start.
    var arrived = sale.elapsed();
    for (var made = 0L; made < most && sale.open(); made++) {
      arrived = getInLine(OptionalLong.empty(), arrived);
    }
  }

  /** Makes the one attempt that was planned to begin at {@code intended}. */
  void buyOnce(long intended) {
    var _ = getInLine(OptionalLong.of(intended), sale.elapsed());
  }

  /** Returns when that ended. */
  private long getInLine(OptionalLong intended, long arrived) {
    var lease = stock instanceof PerBuyer each ? each.acquire(number, open) : stock.acquire(open);
    return lease.isPresent()
        ? attempt(intended, arrived, lease.get())
        : leaveTheLine(intended, arrived);
  }

  private long attempt(OptionalLong intended, long arrived, Lease lease) {
    Timed timed;
    try (lease) {
      timed = lease.buy(sale.nanoClock());
    }
    // Only now: the next in line must not wait for our bookkeeping.
    var call = sale.since(timed.callNanos());
    var returned = sale.since(timed.returnNanos());
    record(intended, call - arrived, call, returned, timed.outcome());
    return returned;
  }

  /** Who waited for a sale that fell silent has failed; who waited when it ended never began. */
  private long leaveTheLine(OptionalLong intended, long arrived) {
    var now = sale.now();
    if (sale.cut() == Cut.SILENCE) {
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
    var timestamp = sale.epochMillis(returned);
    var unknown = outcome.kind() == Outcome.Kind.INDETERMINATE;
    records
        .ledger()
        .append(
            new Attempt(
                records.ids().next(timestamp),
                timestamp,
                number,
                intended,
                OptionalLong.of(poolWait),
                call,
                unknown ? OptionalLong.empty() : OptionalLong.of(returned),
                outcome));
    records.progress().add(outcome.kind());
  }
}
