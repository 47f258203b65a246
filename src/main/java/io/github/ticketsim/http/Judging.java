package io.github.ticketsim.http;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Records;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.stock.Settlement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.StampedLock;
import java.util.function.IntSupplier;

/** What a service says of its own history, while it sells and in the end. */
final class Judging {
  private final TicketService.Setting setting;
  private final StampedLock pause;
  private final Duration limit;
  private final IntSupplier buyers;

  /** One verdict at a time: it needs memory in proportion to the records. */
  private final Semaphore one = new Semaphore(1, true);

  /**
   * @param pause held for reading by each purchase under way
   * @param limit for each wait
   * @param buyers how many there were by now
   */
  Judging(TicketService.Setting setting, StampedLock pause, Duration limit, IntSupplier buyers) {
    this.setting = setting;
    this.pause = pause;
    this.limit = limit;
    this.buyers = buyers;
  }

  /**
   * Judges what has happened so far. Purchases wait while those under way finish and the counter is
   * read; then they go on, and the judging itself disturbs nobody.
   *
   * @throws io.github.ticketsim.ledger.RecordsException when the records cannot be read
   * @return empty where purchases or another verdict were under way for too long
   */
  Optional<RunReport> judge() throws InterruptedException {
    if (!one.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      return Optional.empty();
    }
    try (var _ = new Place(one)) {
      var stamp = pause.tryWriteLock(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (stamp == 0) {
        return Optional.empty();
      }
      Settlement settlement;
      Records.Snapshot snapshot;
      try {
        settlement = setting.stock().takeInventory();
        snapshot = setting.records().snapshot();
      } finally {
        pause.unlockWrite(stamp);
      }
      return Optional.of(RunReport.of(history(snapshot.attempts(), settlement), setting.saved()));
    }
  }

  /**
   * Settles the stock, and returns all that happened. Nothing can be bought after it.
   *
   * @throws io.github.ticketsim.ledger.RecordsException when the records cannot be read
   */
  History end() throws InterruptedException {
    // Never released: nothing may be sold any more.
    var stamp = pause.tryWriteLock(limit.toNanos(), TimeUnit.NANOSECONDS);
    var settlement = setting.stock().settle();
    return history(
        setting.records().snapshot().attempts(),
        stamp != 0
            ? settlement
            : Settlement.unsettled(settlement.left(), "purchases were still under way at the end"));
  }

  private History history(Attempts attempts, Settlement settlement) {
    return new History(
        setting.run().withBuyers(buyers.getAsInt()),
        attempts,
        new Ending(settlement, Ending.Cut.NONE));
  }
}
