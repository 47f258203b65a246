package io.github.ticketsim.service;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Records;
import io.github.ticketsim.ledger.RecordsException;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.run.RunResult;
import io.github.ticketsim.stock.ObservableStock;
import io.github.ticketsim.stock.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sells tickets one request at a time, and records each attempt before it is answered. Safe for use
 * by many threads.
 */
public final class TicketService {
  private static final Logger LOG = LoggerFactory.getLogger(TicketService.class);

  private static final String ENDING = "not sent: the service is ending";

  private final ServiceConfig config;
  private final ClientLimits limits;
  private final long startNanos;
  private final AtomicInteger requests;
  private final Counts counts = new Counts();
  private final Admission admission;
  private final IdempotentPurchases keys;

  /** For a turn at the stock, first come, first served. */
  private final Semaphore turns;

  /**
   * Held for reading from before a ticket is taken until that is recorded; for writing to judge.
   */
  private final StampedLock pause = new StampedLock();

  private final LiveVerdict liveVerdict;

  public TicketService(ServiceConfig config, ClientLimits limits) {
    this.config = config;
    this.limits = limits;
    var past = config.records().past();
    this.startNanos = config.nanos().getAsLong() - past.nanos();
    this.requests = new AtomicInteger(past.buyers());
    this.admission = new Admission(limits.inFlight());
    this.keys = new IdempotentPurchases(limits.idempotencyKeys(), limits.requestTime());
    past.keyed().forEach((key, attempt) -> keys.remember(key, answer(attempt)));
    this.turns = new Semaphore(config.turns(), true);
    this.liveVerdict = new LiveVerdict(config, pause, limits.requestTime(), requests::get);
  }

  /** Limits the purchases under way. */
  public Admission admission() {
    return admission;
  }

  /** What it has done so far. */
  public Counts counts() {
    return counts;
  }

  /** Its attempts. */
  public Records records() {
    return config.records();
  }

  /** What it sells. */
  public Run run() {
    return config.run();
  }

  /** Where the history will be in the end. */
  public Path saved() {
    return config.saved();
  }

  /** How many keys have a purchase that must not be repeated. */
  public int rememberedKeys() {
    return keys.size();
  }

  /** The counter of the stock; see {@link ObservableStock#left}. */
  public OptionalLong left() {
    return config.stock().left();
  }

  /** Buys one ticket, once for all requests with the same key. */
  public Answer buy(Optional<String> key) {
    var answer =
        key.isPresent() ? keys.once(key.get(), () -> attemptToBuy(key)) : attemptToBuy(key);
    if (answer instanceof Answer.Refused(var refusal, _)) {
      counts.refused(refusal);
    }
    return answer;
  }

  /**
   * One request to buy.
   *
   * @param arrived on the clock of the service
   */
  private record ClientRequest(
      UUID id, long timestampMillis, int buyer, long arrived, Optional<String> key) {

    Optional<Records.Intent> intent() {
      return key.map(given -> new Records.Intent(id, timestampMillis, given));
    }
  }

  private Answer attemptToBuy(Optional<String> key) {
    var unavailable = config.records().unavailableReason();
    if (unavailable.isPresent()) {
      return new Answer.Refused(Refusal.RECORDS, unavailable.get());
    }
    var timestamp = config.wall().millis();
    var id = config.ids().apply(timestamp);
    var request = new ClientRequest(id, timestamp, requests.getAndIncrement(), now(), key);
    try {
      return unlessPaused(request);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return unreserved(unsent(request, ENDING), request);
    }
  }

  /** What is left of the time in which a purchase must be sent. */
  private long leftNanos(ClientRequest request) {
    return request.arrived() + limits.requestTime().toNanos() - now();
  }

  private String limit() {
    return limits.requestTime().toMillis() + " ms";
  }

  private Answer unlessPaused(ClientRequest request) throws InterruptedException {
    var stamp = pause.tryReadLock(leftNanos(request), TimeUnit.NANOSECONDS);
    if (stamp == 0) {
      var why = "not sent: a verdict was under way for more than " + limit();
      return unreserved(unsent(request, why), request);
    }
    try {
      var reservation = config.records().reserve(request.intent(), () -> leftNanos(request));
      return recorded(request, attempt(request), reservation::record);
    } catch (RecordsException e) {
      return new Answer.Refused(Refusal.RECORDS, String.valueOf(e.getMessage()));
    } finally {
      pause.unlockRead(stamp);
    }
  }

  /** The turn is acquired last and released first, so that Redis never waits for a purchase. */
  private Attempt attempt(ClientRequest request) {
    try {
      if (turns.tryAcquire(leftNanos(request), TimeUnit.NANOSECONDS)) {
        try (var _ = new Permit(turns)) {
          return sent(request);
        }
      }
      return unsent(request, "not sent: no turn at Redis came up within " + limit());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return unsent(request, ENDING);
    }
  }

  private Attempt sent(ClientRequest request) {
    try (var turn = config.stock().acquire(() -> true).orElseThrow()) {
      var timed = turn.buy(config.nanos());
      var call = timed.callNanos() - startNanos;
      var returned = timed.returnNanos() - startNanos;
      return attempt(request, call, returned, timed.outcome());
    }
  }

  private Attempt unsent(ClientRequest request, String why) {
    var now = now();
    return attempt(request, now, now, new Outcome.Failed(why));
  }

  private static Attempt attempt(ClientRequest request, long call, long returned, Outcome outcome) {
    var unknown = outcome.kind() == Outcome.Kind.INDETERMINATE;
    return Attempt.of(
        request.id(),
        request.timestampMillis(),
        request.buyer(),
        OptionalLong.of(call - request.arrived()),
        call,
        unknown ? OptionalLong.empty() : OptionalLong.of(returned),
        outcome);
  }

  /** Without its key, as no intent is written. */
  private Answer unreserved(Attempt attempt, ClientRequest request) {
    var keyless =
        new ClientRequest(
            request.id(),
            request.timestampMillis(),
            request.buyer(),
            request.arrived(),
            Optional.empty());
    return recorded(keyless, attempt, config.records()::recordUnsent);
  }

  private Answer recorded(ClientRequest request, Attempt attempt, Consumer<Attempt> records) {
    LOG.debug("purchase {}: {}", attempt.id(), attempt.outcome());
    var answer = answer(attempt);
    try {
      records.accept(attempt);
    } catch (RecordsException e) {
      LOG.error(
          "purchase {} ({}) may not be recorded: {}",
          attempt.id(),
          attempt.outcome().kind().wireName(),
          e.getMessage());
      answer = unrecorded(request, attempt, String.valueOf(e.getMessage()));
    }
    count(request, attempt, answer);
    return answer;
  }

  /** If an intent is all that is written, a later incarnation could only say unknown. */
  private static Answer unrecorded(ClientRequest request, Attempt attempt, String why) {
    return attempt.outcome() instanceof Outcome.Failed(var failure) && request.key().isEmpty()
        ? new Answer.Refused(Refusal.NOT_EXECUTED, failure)
        : new Answer.Unknown(
            attempt.id(), attempt.timestampMillis(), "it may not be recorded: " + why);
  }

  /** Counts what is answered, after it is recorded: the record is part of the purchase. */
  private void count(ClientRequest request, Attempt attempt, Answer answer) {
    var kind =
        switch (answer) {
          case Answer.Decided(_, _, var sold) -> sold ? Outcome.Kind.SOLD : Outcome.Kind.SOLD_OUT;
          case Answer.Unknown(_, _, var why) -> {
            counts.error(why);
            yield Outcome.Kind.INDETERMINATE;
          }
          case Answer.Refused(_, var why) -> {
            counts.error(why);
            yield Outcome.Kind.FAILED;
          }
          case Answer.Underway() -> throw new IllegalStateException("an attempt has ended");
        };
    counts.attempt(kind, attempt.callNanos() - request.arrived(), now() - request.arrived());
  }

  private static Answer answer(Attempt attempt) {
    var id = attempt.id();
    var timestamp = attempt.timestampMillis();
    return switch (attempt.outcome()) {
      case Outcome.Sold _ -> new Answer.Decided(id, timestamp, true);
      case Outcome.SoldOut _ -> new Answer.Decided(id, timestamp, false);
      case Outcome.Limited _ -> throw new IllegalStateException("no strategy limits customers");
      case Outcome.Failed(var why) -> new Answer.Refused(Refusal.NOT_EXECUTED, why);
      case Outcome.Indeterminate(var why) -> new Answer.Unknown(id, timestamp, why);
    };
  }

  /** Nanoseconds since the service began. */
  private long now() {
    return config.nanos().getAsLong() - startNanos;
  }

  /** See {@link LiveVerdict#judge}. */
  public RunResult judge() throws BusyException, InterruptedException {
    return liveVerdict.judge();
  }

  /**
   * Admits no further purchase, and waits until those under way are answered: as long as the last
   * of them may take to be sent, to be recorded, and to have its answer read.
   *
   * @param atStock how long the stock may take with one
   * @return whether all of them were
   */
  public boolean close(Duration atStock) throws InterruptedException {
    return admission.close(
        limits.requestTime().multipliedBy(2).plus(atStock).plus(config.records().timeout()));
  }

  /** See {@link LiveVerdict#end}. After {@link #close}. */
  public ServiceEnd end() throws InterruptedException {
    return liveVerdict.end();
  }
}
