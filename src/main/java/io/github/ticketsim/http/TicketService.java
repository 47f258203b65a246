package io.github.ticketsim.http;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Records;
import io.github.ticketsim.ledger.RecordsException;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.stock.Inventory;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.stock.Stock.Turn;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.StampedLock;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sells tickets one request at a time, and writes each attempt down before it is answered. Knows
 * nothing of HTTP. Used by many threads at once.
 */
public final class TicketService {
  private static final Logger LOG = LoggerFactory.getLogger(TicketService.class);

  private final Setting setting;
  private final Limits limits;
  private final long startNanos;
  private final AtomicInteger requests;
  private final Counts counts = new Counts();
  private final Admission admission;
  private final IdempotentPurchases keys;

  /** Whoever waits for a turn waits here, first come, first served, and not for ever. */
  private final Semaphore turns;

  /** Between the taking of a ticket and its recording; see {@link Records#mostUnrecorded}. */
  private final Semaphore unrecorded;

  /** Held for reading from before a ticket is taken until that is recorded; for writing to look. */
  private final StampedLock pause = new StampedLock();

  /** One verdict at a time: it needs memory in proportion to the records. */
  private final Semaphore judging = new Semaphore(1, true);

  /**
   * What a service works with.
   *
   * @param run what the history will say of itself; the number of buyers is counted
   * @param stock is settled, but not closed, by {@link #close}
   * @param turns how many purchases are at the stock at once
   * @param records where attempts are kept; not closed by the service
   * @param saved where the history will stand in the end
   * @param nanos monotonic; orders the attempts
   * @param wall for people; orders nothing
   * @param ids of purchases, by epoch milliseconds
   */
  public record Setting(
      Run run,
      Inventory stock,
      int turns,
      Records records,
      Path saved,
      LongSupplier nanos,
      InstantSource wall,
      LongFunction<UUID> ids) {}

  public TicketService(Setting setting, Limits limits) {
    this.setting = setting;
    this.limits = limits;
    var past = setting.records().past();
    this.startNanos = setting.nanos().getAsLong() - past.nanos();
    this.requests = new AtomicInteger(past.buyers());
    this.admission = new Admission(limits.inFlight());
    this.keys = new IdempotentPurchases(limits.idempotencyKeys(), limits.requestTime());
    past.keyed().forEach((key, attempt) -> keys.remember(key, answer(attempt)));
    this.unrecorded = new Semaphore(setting.records().mostUnrecorded(), true);
    this.turns = new Semaphore(setting.turns(), true);
  }

  Admission admission() {
    return admission;
  }

  Counts counts() {
    return counts;
  }

  Records records() {
    return setting.records();
  }

  Run run() {
    return setting.run();
  }

  int rememberedKeys() {
    return keys.size();
  }

  /** The counter of the stock; see {@link Inventory#left}. */
  OptionalLong left() {
    return setting.stock().left();
  }

  /** Buys one ticket, once for all requests with the same key. */
  Answer buy(Optional<String> key) {
    var answer =
        key.isPresent() ? keys.once(key.get(), () -> attemptToBuy(key)) : attemptToBuy(key);
    if (answer instanceof Answer.Refused(var refusal, _)) {
      counts.refused(refusal);
    }
    return answer;
  }

  private Answer attemptToBuy(Optional<String> key) {
    var obstacle = setting.records().obstacle();
    if (obstacle.isPresent()) {
      return new Answer.Refused(Refusal.RECORDS, obstacle.get());
    }
    var buyer = requests.getAndIncrement();
    var arrived = now();
    try {
      if (turns.tryAcquire(limits.requestTime().toNanos(), TimeUnit.NANOSECONDS)) {
        return atTheHead(buyer, arrived, key);
      }
      return unsent(buyer, arrived, "not sent: no turn at Redis came up within " + limit());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return unsent(buyer, arrived, "not sent: the service is ending");
    }
  }

  private String limit() {
    return limits.requestTime().toMillis() + " ms";
  }

  private Answer atTheHead(int buyer, long arrived, Optional<String> key)
      throws InterruptedException {
    long stamp;
    try {
      stamp = pause.tryReadLock(limits.requestTime().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      turns.release();
      throw e;
    }
    if (stamp == 0) {
      turns.release();
      return unsent(buyer, arrived, "not sent: a verdict was under way for more than " + limit());
    }
    try {
      return placed(buyer, arrived, key);
    } finally {
      pause.unlockRead(stamp);
    }
  }

  private Answer placed(int buyer, long arrived, Optional<String> key) throws InterruptedException {
    var placed = false;
    try {
      placed = unrecorded.tryAcquire(limits.requestTime().toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      if (!placed) {
        turns.release();
      }
    }
    if (!placed) {
      return new Answer.Refused(
          Refusal.RECORDS, "%,d purchases wait to be recorded".formatted(unrecorded()));
    }
    try {
      // Once more, and after the place: the records count on it.
      var obstacle = setting.records().obstacle();
      if (obstacle.isPresent()) {
        turns.release();
        return new Answer.Refused(Refusal.RECORDS, obstacle.get());
      }
      return attempt(buyer, arrived, key);
    } finally {
      unrecorded.release();
    }
  }

  private int unrecorded() {
    return setting.records().mostUnrecorded();
  }

  private Answer attempt(int buyer, long arrived, Optional<String> key) {
    var timestamp = setting.wall().millis();
    var id = setting.ids().apply(timestamp);
    if (key.isPresent()) {
      try {
        setting
            .records()
            .intend(new Records.Intent(id, timestamp, key.get()), limits.requestTime());
      } catch (RecordsException e) {
        turns.release();
        return new Answer.Refused(Refusal.RECORDS, "not sent: " + e.getMessage());
      }
    }
    long call;
    Outcome outcome;
    long returned;
    try (var turn = turn()) {
      // Both stamps stand outside the operation: the interval may be too wide, never too narrow.
      call = now();
      outcome = turn.buy();
      returned = now();
    } finally {
      turns.release();
    }
    // Only now: the next in line must not wait for our bookkeeping.
    return recorded(id, timestamp, buyer, arrived, call, returned, outcome, key);
  }

  private Turn turn() {
    return setting.stock().awaitTurn(() -> true).orElseThrow();
  }

  private Answer unsent(int buyer, long arrived, String why) {
    var now = now();
    var timestamp = setting.wall().millis();
    var id = setting.ids().apply(timestamp);
    return recorded(
        id, timestamp, buyer, arrived, now, now, new Outcome.Failed(why), Optional.empty());
  }

  private Answer recorded(
      UUID id,
      long timestamp,
      int buyer,
      long arrived,
      long call,
      long returned,
      Outcome outcome,
      Optional<String> key) {
    var unknown = outcome.kind() == Outcome.Kind.INDETERMINATE;
    var attempt =
        new Attempt(
            id,
            timestamp,
            buyer,
            OptionalLong.of(call - arrived),
            call,
            unknown ? OptionalLong.empty() : OptionalLong.of(returned),
            outcome);
    counts.attempt(outcome.kind(), call - arrived, returned - arrived);
    switch (outcome) {
      case Outcome.Failed(var why) -> counts.error(why);
      case Outcome.Indeterminate(var why) -> counts.error(why);
      case Outcome.Sold _, Outcome.SoldOut _ -> {
        // Nothing went wrong.
      }
    }
    LOG.debug("purchase {}: {}", id, outcome);
    try {
      setting.records().append(attempt, key);
    } catch (RecordsException e) {
      LOG.error(
          "purchase {} ({}) may not be recorded: {}", id, outcome.kind().word(), e.getMessage());
      return outcome instanceof Outcome.Failed(var why)
          ? new Answer.Refused(Refusal.NOT_EXECUTED, why)
          : new Answer.Unknown(id, timestamp, "it may not be recorded: " + e.getMessage());
    }
    return answer(attempt);
  }

  private static Answer answer(Attempt attempt) {
    var id = attempt.id();
    var timestamp = attempt.timestampMillis();
    return switch (attempt.outcome()) {
      case Outcome.Sold _ -> new Answer.Decided(id, timestamp, true);
      case Outcome.SoldOut _ -> new Answer.Decided(id, timestamp, false);
      case Outcome.Failed(var why) -> new Answer.Refused(Refusal.NOT_EXECUTED, why);
      case Outcome.Indeterminate(var why) -> new Answer.Unknown(id, timestamp, why);
    };
  }

  /** Nanoseconds since the service began. */
  private long now() {
    return setting.nanos().getAsLong() - startNanos;
  }

  /**
   * Judges what has happened so far. Purchases wait while those under way finish and the counter is
   * read; then they go on, and the judging itself disturbs nobody.
   *
   * @throws RecordsException when the records cannot be read
   * @return empty where purchases or another verdict were under way for too long
   */
  Optional<RunReport> judge() throws InterruptedException {
    if (!judging.tryAcquire(limits.requestTime().toNanos(), TimeUnit.NANOSECONDS)) {
      return Optional.empty();
    }
    try {
      var stamp = pause.tryWriteLock(limits.requestTime().toNanos(), TimeUnit.NANOSECONDS);
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
    } finally {
      judging.release();
    }
  }

  /**
   * Lets no further purchase begin, and waits for those under way to be answered.
   *
   * @return whether all of them were, within {@code limit}
   */
  public boolean close(Duration limit) throws InterruptedException {
    return admission.close(limit);
  }

  /**
   * Settles the stock, and returns all that happened. After {@link #close}; ends the sale.
   *
   * @throws RecordsException when the records cannot be read
   */
  public History end() throws InterruptedException {
    // Never released: nothing may be sold any more.
    var stamp = pause.tryWriteLock(limits.requestTime().toNanos(), TimeUnit.NANOSECONDS);
    var settlement = setting.stock().settle();
    return history(
        setting.records().snapshot().attempts(),
        stamp != 0
            ? settlement
            : Settlement.unsettled(settlement.left(), "purchases were still under way at the end"));
  }

  private History history(Attempts attempts, Settlement settlement) {
    return new History(
        setting.run().withBuyers(requests.get()),
        attempts,
        new Ending(settlement, Ending.Cut.NONE));
  }
}
