package io.github.ticketsim.ledger.sql;

import io.github.ticketsim.ledger.RecordsException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Group commit: one thread writes all waiting rows in one transaction, and all of them are
 * acknowledged when it is on the disk. Meanwhile the next rows gather, so the longer the disk
 * takes, the more rows share its cost. (DeWitt et al., "Implementation Techniques for Main Memory
 * Database Systems", 1984, section 5.2.)
 *
 * <p>What cannot be written is kept and tried again until it is written or this is closed: an
 * attempt whose writer gave up may have taken a ticket. Until then there is an {@link
 * #unavailableReason}. An intent whose writer gave up is cancelled once it is written, as nothing
 * was bought for it.
 *
 * <p>Attempts that wait are never more than there are purchases under way, since each waits for its
 * own, and none begins while the records are unavailable. Intents that were given up on add to them
 * until the statement that holds them up times out, which makes the records unavailable too.
 */
final class GroupCommit implements AutoCloseable {

  /** Beyond this many rows a transaction gains little. */
  private static final int MOST_ROWS = 1 << 10;

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
  private static final Duration IDLE = Duration.ofMillis(200);

  private final Writer writer;
  private final long run;
  private final long incarnation;
  private final Semaphore permits;
  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger abandoned = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /** What went wrong at the last try; empty since one went well. */
  private volatile Optional<String> problem = Optional.empty();

  /** The sequence number of the last attempt that is surely written. */
  private volatile long written;

  /** Touched by the thread alone. */
  private long next;

  /** Done with true once it is written, with false once its writer has given up. */
  private record Waiting(Batch.Row row, CompletableFuture<Boolean> done) {
    Waiting(Batch.Row row) {
      this(row, new CompletableFuture<>());
    }

    boolean holdsPermit() {
      return row instanceof Batch.AttemptRow attempt && attempt.reserved();
    }
  }

  /**
   * @param writer used by one thread from here on
   * @param last the sequence number of the last attempt that is written
   * @param permits given back when the attempts that hold them are written
   */
  GroupCommit(Writer writer, long run, long incarnation, long last, Semaphore permits) {
    this.writer = writer;
    this.run = run;
    this.incarnation = incarnation;
    this.permits = permits;
    this.written = last;
    this.next = last + 1;
    this.thread = Thread.ofPlatform().name("records-writer").daemon().start(this::write);
  }

  /** Why nothing can be written just now. */
  Optional<String> unavailableReason() {
    var known = problem;
    if (known.isPresent()) {
      return known;
    }
    return abandoned.get() == 0
        ? Optional.empty()
        : Optional.of(
            "the database does not answer within " + RecordsUrl.TIMEOUT.toMillis() + " ms");
  }

  /** The sequence number of the last attempt that is surely written. */
  long written() {
    return written;
  }

  /** How many attempts are written, or are still to be. */
  long known() {
    return written + abandoned.get();
  }

  /** Returns once {@code row} is written. Waits no longer than {@link RecordsUrl#TIMEOUT}. */
  void write(Batch.Row row, Duration timeout) {
    var waiting = new Waiting(row);
    queue.add(waiting);
    if (!awaitDone(waiting, Math.min(timeout.toNanos(), RecordsUrl.TIMEOUT.toNanos()))) {
      throw new RecordsException(unavailableReason().orElse("the database took too long"), null);
    }
  }

  private boolean awaitDone(Waiting waiting, long nanos) {
    var done = waiting.done();
    try {
      return done.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      abandon(waiting);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      abandon(waiting);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return done.join();
  }

  /** Counted first: from here on the records are unavailable until it is written. */
  private void abandon(Waiting waiting) {
    switch (waiting.row()) {
      case Batch.AttemptRow _ -> {
        abandoned.incrementAndGet();
        if (!waiting.done().complete(false)) {
          abandoned.decrementAndGet();
        }
      }
      // No ticket depends on these, and an intent may have had little time.
      case Batch.IntentLogged _, Batch.IntentCancelled _ -> waiting.done().complete(false);
    }
  }

  private void written(Waiting waiting) {
    if (waiting.done().complete(true)) {
      return;
    }
    switch (waiting.row()) {
      case Batch.AttemptRow _ -> abandoned.decrementAndGet();
      // Its purchase was given up.
      case Batch.IntentLogged(var intent) ->
          queue.add(new Waiting(new Batch.IntentCancelled(intent.id())));
      case Batch.IntentCancelled _ -> {
        // Nothing waits for it.
      }
    }
  }

  private void write() {
    var batch = new ArrayList<Waiting>(MOST_ROWS);
    try {
      while (gather(batch)) {
        if (!storeUntilClosed(batch)) {
          break;
        }
        written = next - 1;
        batch.forEach(this::written);
        // Last: with the permit the records are available.
        permits.release((int) batch.stream().filter(Waiting::holdsPermit).count());
        batch.clear();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** False when this is closed and nothing waits. */
  private boolean gather(List<Waiting> batch) throws InterruptedException {
    while (true) {
      var first = queue.poll(IDLE.toNanos(), TimeUnit.NANOSECONDS);
      if (first != null) {
        batch.add(first);
        queue.drainTo(batch, MOST_ROWS - 1);
        return true;
      }
      if (closing.getCount() == 0) {
        return false;
      }
    }
  }

  private boolean storeUntilClosed(List<Waiting> waiting) throws InterruptedException {
    var batch = new Batch();
    waiting.forEach(one -> batch.add(one.row()));
    var first = next;
    for (var tries = 0; ; tries++) {
      try {
        store(batch, first, tries > 0);
        next = first + batch.attempts();
        problem = Optional.empty();
        return true;
      } catch (SQLException | RuntimeException | AssertionError e) {
        // PostgreSQL's driver answers a connection that broke within a batch with the last of
        // these.
        problem = Optional.of("the database cannot be written: " + RecordsUrl.oneLine(e));
        writer.disconnect();
        waiting.forEach(this::abandon);
        queue.forEach(this::abandon);
      }
      if (closing.await(BETWEEN_TRIES.toNanos(), TimeUnit.NANOSECONDS)) {
        return false;
      }
    }
  }

  /**
   * Writes all or none.
   *
   * @param again whether an earlier try may have written them, and only its answer was lost
   */
  private void store(Batch batch, long first, boolean again) throws SQLException {
    var to = writer.connected();
    if (again && batch.isStored(to, run, first)) {
      to.rollback();
      return;
    }
    batch.store(to, run, incarnation, first);
    to.commit();
    // Deleted files can be written, too.
    writer.requireSameFile();
  }

  /** Writes what waits, unless the database cannot be written. */
  @Override
  public void close() {
    closing.countDown();
    try {
      // As long as the statement under way and the next may take.
      var _ = thread.join(RecordsUrl.TIMEOUT.multipliedBy(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
