package io.github.ticketsim.service;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.ledger.Records;
import io.github.ticketsim.ledger.RecordsException;
import io.github.ticketsim.run.RunResult;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.StampedLock;
import java.util.function.IntSupplier;

/** Judges the history of a service while it sells, and collects it in the end. */
final class LiveVerdict {
  private static final String UNREAD = "its record could not be read at the end";

  private final ServiceConfig config;
  private final StampedLock pause;
  private final Duration limit;
  private final IntSupplier buyers;

  /** One verdict at a time, as its memory grows with the records. */
  private final Semaphore one = new Semaphore(1, true);

  /**
   * @param pause held for reading by each purchase under way
   * @param limit for each wait
   * @param buyers how many there were by now
   */
  LiveVerdict(ServiceConfig config, StampedLock pause, Duration limit, IntSupplier buyers) {
    this.config = config;
    this.pause = pause;
    this.limit = limit;
    this.buyers = buyers;
  }

  /**
   * Judges what has happened so far. New purchases wait until those under way have finished and the
   * counter is read; the judging itself stops none.
   *
   * @throws RecordsException when the records cannot be read
   * @throws BusyException when purchases or another verdict were under way for too long
   */
  RunResult judge() throws BusyException, InterruptedException {
    if (!one.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new BusyException(
          "another verdict has been under way for more than %,d ms, and it takes the longer the"
                  .formatted(limit.toMillis())
              + " more is recorded; ask again when it is done");
    }
    try (var _ = new Permit(one)) {
      var stamp = pause.tryWriteLock(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (stamp == 0) {
        throw new BusyException(
            "purchases under way did not end within %,d ms; ask again, see whether Redis and the"
                    .formatted(limit.toMillis())
                + " records answer, or raise --request-timeout");
      }
      Settlement settlement;
      Records.Snapshot snapshot;
      try {
        settlement = config.stock().settleAndContinue();
        snapshot = config.records().snapshot();
      } finally {
        pause.unlockWrite(stamp);
      }
      return RunResult.of(history(snapshot.attempts(), settlement));
    }
  }

  /** Settles the stock, and returns all that happened. Nothing can be bought after it. */
  ServiceEnd end() throws InterruptedException {
    // Never released: nothing may be sold any more.
    var stamp = pause.tryWriteLock(limit.toNanos(), TimeUnit.NANOSECONDS);
    var read = config.stock().settle();
    var settlement =
        stamp != 0
            ? read
            : Settlement.unsettled(read.left(), "purchases were still under way at the end");
    try {
      return ServiceEnd.of(history(config.records().snapshot().attempts(), settlement));
    } catch (RecordsException e) {
      return unread(settlement, String.valueOf(e.getMessage()));
    }
  }

  /**
   * The end of a sale whose records cannot be read. Each of their attempts becomes indeterminate,
   * which contradicts none of them and proves nothing.
   */
  private ServiceEnd unread(Settlement settlement, String why) {
    var problem = "the records cannot be read: " + why;
    var timestamp = config.wall().millis();
    var ledger = new Ledger();
    for (var buyer = 0; buyer < config.records().size(); buyer++) {
      ledger.append(
          Attempt.of(
              config.ids().apply(timestamp),
              timestamp,
              buyer,
              OptionalLong.empty(),
              0,
              OptionalLong.empty(),
              new Outcome.Indeterminate(UNREAD)));
    }
    return new ServiceEnd(
        history(ledger.freeze(), Settlement.unsettled(settlement.left(), problem)),
        new Ending(settlement, Ending.StopReason.NONE),
        Optional.of(why));
  }

  private History history(Attempts attempts, Settlement settlement) {
    return History.of(
        config.run().withBuyers(buyers.getAsInt()),
        attempts,
        new Ending(settlement, Ending.StopReason.NONE));
  }
}
