package io.github.ticketsim.ledger.sql;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.ledger.Records;
import io.github.ticketsim.ledger.RecordsException;
import io.github.ticketsim.ledger.Reservation;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The records of one sale of a service, in a database. */
public final class SqlRecords implements Records {

  /**
   * Tickets that may be taken and not yet recorded. A commit may take 10 ms and still let 25,000
   * purchases a second through, and after a kill no more than these are in doubt.
   */
  static final int UNRECORDED_PERMITS = 1 << 8;

  private static final int PAGE_ROWS = 1_000;

  private final Writer writer;
  private final Database database;
  private final long number;
  private final Run run;
  private final Optional<Ending> ended;
  private final Incarnations.Incarnation incarnation;
  private final Past past;

  /** For what earlier incarnations left unrecorded. */
  private final Attempts unrecorded;

  private final int most;
  private final GroupCommit commit;

  /** Held from before a ticket is taken until its attempt is written. */
  private final Semaphore unrecordedPermits = new Semaphore(UNRECORDED_PERMITS, true);

  /** What may be left behind when this incarnation ends. */
  private enum Remains {
    /** Nothing: no ticket could be taken. */
    UNTOUCHED,
    /** Tickets may be taken that are not recorded. */
    DOUBTFUL,
    /** Nothing, as the end has said. */
    SETTLED
  }

  private volatile Remains remains = Remains.UNTOUCHED;

  private SqlRecords(
      Writer writer,
      Database database,
      RunRows.Kept kept,
      Incarnations.Incarnation incarnation,
      Past past,
      Attempts unrecorded,
      long last,
      int most) {
    this.writer = writer;
    this.database = database;
    this.number = kept.number();
    this.run = kept.run();
    this.ended = kept.ending();
    this.incarnation = incarnation;
    this.past = past;
    this.unrecorded = unrecorded;
    this.most = most;
    this.commit = new GroupCommit(writer, number, incarnation.number(), last, unrecordedPermits);
  }

  /**
   * Begins a new incarnation of {@code kept}.
   *
   * @param writer no other service writes any more; closed in the end
   */
  static SqlRecords carryOn(Writer writer, Database database, RunRows.Kept kept, int most) {
    var run = kept.number();
    // A second try, if the first answer was lost, leaves an incarnation in which nothing happened.
    var incarnation =
        database.apply(
            to -> {
              RunRows.reopen(to, run);
              return Incarnations.begin(to, run, UNRECORDED_PERMITS);
            });
    var keyed = database.apply(in -> keyed(in, run, incarnation));
    var past = new Past(incarnation.beganNanos(), Math.toIntExact(incarnation.firstBuyer()), keyed);
    var unrecorded = database.apply(in -> unrecorded(in, kept, incarnation));
    var last = database.apply(in -> Rows.last(in, run));
    var reading = new Database(database.url(), RecordsUrl.Access.WRITE, RecordsUrl.TIMEOUT);
    return new SqlRecords(writer, reading, kept, incarnation, past, unrecorded, last, most);
  }

  private static Map<String, Attempt> keyed(Connection in, long run, Incarnations.Incarnation now)
      throws SQLException {
    var keyed = new HashMap<String, Attempt>();
    for (var open : Intents.open(in, run)) {
      keyed.put(open.intent().key(), Incarnations.unrecorded(open.intent(), 0, now.beganNanos()));
    }
    // After those: an intent that was not cancelled in time must hide no purchase.
    try (var select = in.prepareStatement(Rows.KEYED)) {
      select.setFetchSize(PAGE_ROWS);
      select.setLong(1, run);
      try (var row = select.executeQuery()) {
        while (row.next()) {
          var attempt = Rows.attempt(row);
          if (attempt.outcome().kind() != Outcome.Kind.FAILED) {
            keyed.put(row.getString("idempotency_key"), attempt);
          }
        }
      }
    }
    return Map.copyOf(keyed);
  }

  private static Attempts unrecorded(Connection in, RunRows.Kept kept, Incarnations.Incarnation now)
      throws SQLException {
    var ledger = new Ledger();
    Incarnations.unrecorded(
        in, kept.number(), kept.run().id(), OptionalLong.of(now.number()), ledger::append);
    return ledger.freeze();
  }

  /** The sale that they are of. */
  public Run run() {
    return run;
  }

  @Override
  public Optional<String> unavailableReason() {
    return commit.unavailableReason();
  }

  @Override
  public Reservation reserve(Optional<Intent> intent, LongSupplier leftNanos)
      throws InterruptedException {
    if (!unrecordedPermits.tryAcquire(leftNanos.getAsLong(), TimeUnit.NANOSECONDS)) {
      throw new RecordsException(
          "%,d purchases are at the stock or wait to be recorded".formatted(UNRECORDED_PERMITS),
          null);
    }
    try {
      requireAvailable();
      // From here on a ticket may be taken.
      remains = Remains.DOUBTFUL;
      if (intent.isPresent()) {
        var left = Duration.ofNanos(Math.max(0, leftNanos.getAsLong()));
        commit.write(new Batch.IntentLogged(intent.get()), left);
      }
    } catch (RecordsException e) {
      unrecordedPermits.release();
      throw e;
    }
    var key = intent.map(Intent::key);
    // The permit is given back when the attempt is written, which may be after its writer gave up.
    return new Reservation(
        intent, attempt -> commit.write(new Batch.AttemptRow(attempt, key, true), timeout()));
  }

  @Override
  public void recordUnsent(Attempt attempt) {
    commit.write(new Batch.AttemptRow(attempt, Optional.empty(), false), timeout());
  }

  private void requireAvailable() {
    var reason = unavailableReason();
    if (reason.isPresent()) {
      throw new RecordsException(reason.get(), null);
    }
  }

  @Override
  public Duration timeout() {
    return RecordsUrl.TIMEOUT;
  }

  @Override
  public Past past() {
    return past;
  }

  @Override
  public Optional<Cursor> read(Optional<UUID> after) {
    var upTo = commit.written();
    if (after.isEmpty()) {
      return Optional.of(new Pages(0, upTo).turned());
    }
    var sequence = database.apply(in -> Rows.sequence(in, number, after.get()));
    return sequence.isPresent()
        ? Optional.of(new Pages(sequence.getAsLong(), upTo).turned())
        : Optional.empty();
  }

  @Override
  public int size() {
    return Math.toIntExact(Math.min(most, unrecorded.size() + commit.known()));
  }

  @Override
  public Snapshot snapshot() {
    // A verdict without what could not be written would be wrong.
    requireAvailable();
    var upTo = commit.written();
    if (upTo > most) {
      throw new RecordsException(
          "%,d attempts are recorded, and there is memory to judge %,d; raise it with"
                  .formatted(upTo, most)
              + " JAVA_TOOL_OPTIONS=-Xmx...",
          null);
    }
    return () -> all(upTo);
  }

  private Attempts all(long upTo) {
    var ledger = new Ledger();
    for (var i = 0; i < unrecorded.size(); i++) {
      ledger.append(unrecorded.get(i));
    }
    try (var pages = new Pages(0, upTo)) {
      for (var next = pages.next(); next.isPresent(); next = pages.next()) {
        ledger.append(next.get());
      }
    }
    return ledger.freeze();
  }

  /**
   * Writes how the sale stood at the end of this incarnation, which {@link #close} then ends. The
   * end is orderly only if all was settled, as a purchase that is cut off may still take a ticket.
   *
   * @throws RecordsException when that cannot be written
   */
  public void end(int buyers, Ending ending) {
    database.apply(
        to -> {
          RunRows.end(to, number, buyers, ending);
          return true;
        });
    remains = ending.settlement().settled() ? Remains.SETTLED : Remains.DOUBTFUL;
  }

  /**
   * Ends this incarnation; the end is orderly if all is written. An incarnation in which no ticket
   * could be taken leaves the sale as it was before.
   */
  @Override
  public void close() {
    commit.close();
    try {
      var remaining = remains;
      if (remaining != Remains.DOUBTFUL && unavailableReason().isEmpty()) {
        database.apply(
            to -> {
              if (remaining == Remains.UNTOUCHED) {
                restoreEnding(to);
              }
              Incarnations.end(to, number, incarnation.number());
              return true;
            });
      }
    } catch (RecordsException _) {
      // It then counts as one that died.
    } finally {
      writer.close();
      database.close();
    }
  }

  /** As the last incarnation left it. */
  private void restoreEnding(Connection to) throws SQLException {
    if (ended.isPresent()) {
      RunRows.end(to, number, run.buyers(), ended.get());
    }
  }

  /** Reads page by page, so that a slow reader holds nothing open. */
  private final class Pages implements Cursor {
    private final long upTo;
    private final ArrayDeque<Attempt> page = new ArrayDeque<>(PAGE_ROWS);
    private long last;

    Pages(long after, long upTo) {
      this.last = after;
      this.upTo = upTo;
    }

    @Override
    public Optional<Attempt> next() {
      return Optional.ofNullable(turned().page.poll());
    }

    /** With a page to read from, unless it is at the end. */
    Pages turned() {
      if (page.isEmpty() && last < upTo) {
        var before = last;
        last = Math.min(upTo, before + PAGE_ROWS);
        database.apply(in -> fill(in, before));
        // Sequence numbers have no gaps.
        if (page.size() < last - before) {
          throw new RecordsException("records after number " + before + " are gone", null);
        }
      }
      return this;
    }

    /** A second try, if the first answer was lost, fills the same page. */
    private boolean fill(Connection in, long after) throws SQLException {
      page.clear();
      try (var select = in.prepareStatement(Rows.PAGE)) {
        select.setLong(1, number);
        select.setLong(2, after);
        select.setLong(3, last);
        try (var row = select.executeQuery()) {
          while (row.next()) {
            page.add(Rows.attempt(row));
          }
        }
      }
      return true;
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
