package io.github.ticketsim.http;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Records;
import io.github.ticketsim.ledger.Reservation;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/** Records that are slow: to be written, and one of them to be read. */
final class SlowRecords implements Records {
  private static final Action NOTHING = () -> {};

  private final Records records;
  private final int slow;
  private final Queue<Duration> timeouts = new ConcurrentLinkedQueue<>();
  private volatile Action meanwhile = NOTHING;
  private volatile Action beforeIntent = NOTHING;
  private volatile Action beforeAppend = NOTHING;

  /**
   * @param slow how many come at once
   */
  SlowRecords(Records records, int slow) {
    this.records = records;
    this.slow = slow;
  }

  /** What is done before the slow one comes; twice, so that it takes longer than anything once. */
  void meanwhile(Action action) {
    meanwhile =
        () -> {
          action.run();
          action.run();
        };
  }

  /** What is done before an intent is written. */
  void beforeIntent(Action action) {
    beforeIntent = action;
  }

  /** What is done before an attempt is written. */
  void beforeAppend(Action action) {
    beforeAppend = action;
  }

  /** How long each intent was allowed to take. */
  Queue<Duration> timeoutsOfIntents() {
    return timeouts;
  }

  private static void run(Action action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** What may fail. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }

  @Override
  public Optional<String> unavailableReason() {
    return records.unavailableReason();
  }

  @Override
  public Reservation reserve(Optional<Intent> intent, LongSupplier leftNanos)
      throws InterruptedException {
    if (intent.isPresent()) {
      timeouts.add(Duration.ofNanos(leftNanos.getAsLong()));
      run(beforeIntent);
    }
    var reservation = records.reserve(intent, leftNanos);
    return new Reservation(
        intent,
        attempt -> {
          run(beforeAppend);
          reservation.record(attempt);
        });
  }

  @Override
  public void recordUnsent(Attempt attempt) {
    run(beforeAppend);
    records.recordUnsent(attempt);
  }

  @Override
  public Duration timeout() {
    return records.timeout();
  }

  @Override
  public Past past() {
    return records.past();
  }

  @Override
  public Optional<Cursor> read(Optional<UUID> after) {
    return records.read(after).map(SlowCursor::new);
  }

  @Override
  public int size() {
    return records.size();
  }

  @Override
  public Snapshot snapshot() {
    return records.snapshot();
  }

  @Override
  public void close() {
    records.close();
  }

  private final class SlowCursor implements Cursor {
    private final Cursor cursor;
    private int read;

    SlowCursor(Cursor cursor) {
      this.cursor = cursor;
    }

    @Override
    public Optional<Attempt> next() {
      if (read++ == slow) {
        run(meanwhile);
      }
      return cursor.next();
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}
