package io.github.ticketsim.http;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Records;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Records that are slow: to be written, and one of them to be read. */
final class SlowRecords implements Records {
  private final Records records;
  private final int slow;
  private final Queue<Duration> patience = new ConcurrentLinkedQueue<>();
  private volatile Callable<?> meanwhile = () -> "nothing";
  private volatile Callable<?> beforeAppend = () -> "nothing";

  /**
   * @param slow how many come at once
   */
  SlowRecords(Records records, int slow) {
    this.records = records;
    this.slow = slow;
  }

  /** What is done before the slow one comes; twice, so that it takes longer than anything once. */
  void meanwhile(ThrowingRunnable action) {
    meanwhile =
        () -> {
          action.run();
          action.run();
          return "done";
        };
  }

  /** What is done before an attempt is written. */
  void beforeAppend(ThrowingRunnable action) {
    beforeAppend =
        () -> {
          action.run();
          return "done";
        };
  }

  /** How long each intent was allowed to take. */
  Queue<Duration> patienceWithIntents() {
    return patience;
  }

  private static void call(Callable<?> action) {
    try {
      var _ = action.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** What may fail. */
  @FunctionalInterface
  interface ThrowingRunnable {
    void run() throws Exception;
  }

  @Override
  public Optional<String> obstacle() {
    return records.obstacle();
  }

  @Override
  public Optional<String> obstacleToTaking() {
    return records.obstacleToTaking();
  }

  @Override
  public int mostUnrecorded() {
    return records.mostUnrecorded();
  }

  @Override
  public Duration patience() {
    return records.patience();
  }

  @Override
  public Past past() {
    return records.past();
  }

  @Override
  public void intend(Intent intent, Duration allowed) {
    patience.add(allowed);
    records.intend(intent, allowed);
  }

  @Override
  public void append(Attempt attempt, Optional<String> key) {
    call(beforeAppend);
    records.append(attempt, key);
  }

  @Override
  public Optional<Cursor> read(Optional<UUID> after) {
    return records.read(after).map(SlowCursor::new);
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
        call(meanwhile);
      }
      return cursor.next();
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}
