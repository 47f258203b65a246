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
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
  private static final Duration BETWEEN_CHECKS = Duration.ofMillis(10);

  private final Writer writer;
  private final long run;
  private final long incarnation;
  private final Semaphore permits;
  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger abandoned = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /**
   * Gives up on rows whose time is over. One timer serves all: a timed wait of a virtual thread
   * costs as much as to write its row.
   */
  private final ScheduledExecutorService checks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("records-deadlines").factory());

  /** How many checks there were, each {@link #BETWEEN_CHECKS} after the one before. */
  private volatile long checked;

  /** What is in the transaction under way. */
  private volatile List<Waiting> writing = List.of();

  /** Wakes those whose rows the last transaction wrote. Touched by the thread alone. */
  private Thread acknowledging = Thread.ofVirtual().start(() -> {});

  /** Whether nothing is written any more. */
  private volatile boolean closed;

  /** What went wrong at the last try; empty since one went well. */
  private volatile Optional<String> problem = Optional.empty();

  /** The sequence number of the last attempt that is surely written. */
  private volatile long written;

  /** Touched by the thread alone. */
  private long next;

  /**
   * Done with true once it is written, with false once its writer has given up.
   *
   * @param dueCheck the check at which its time is over
   */
  private record Waiting(Batch.Row row, long dueCheck, CompletableFuture<Boolean> done) {
    Waiting(Batch.Row row, long dueCheck) {
      this(row, dueCheck, new CompletableFuture<>());
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
    var every = BETWEEN_CHECKS.toMillis();
    var _ = checks.scheduleAtFixedRate(this::abandonLate, every, every, TimeUnit.MILLISECONDS);
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

  /** Returns once {@code row} is written. Waits hardly longer than {@link RecordsUrl#TIMEOUT}. */
  void write(Batch.Row row, Duration timeout) {
    var most = timeout.compareTo(RecordsUrl.TIMEOUT) < 0 ? timeout : RecordsUrl.TIMEOUT;
    var waiting = new Waiting(row, checked + 1 + most.toNanos() / BETWEEN_CHECKS.toNanos());
    queue.add(waiting);
    if (closed) {
      abandon(waiting);
    }
    if (!awaitDone(waiting)) {
      throw new RecordsException(unavailableReason().orElse("the database took too long"), null);
    }
  }

  private boolean awaitDone(Waiting waiting) {
    var done = waiting.done();
    try {
      return done.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      abandon(waiting);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return done.join();
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes it.
  private void abandonLate() {
    checked++;
    for (var rows : List.of(queue, writing)) {
      for (var waiting : rows) {
        if (checked >= waiting.dueCheck() && !waiting.done().isDone()) {
          abandon(waiting);
        }
      }
    }
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
          queue.add(new Waiting(new Batch.IntentCancelled(intent.id()), Long.MAX_VALUE));
      case Batch.IntentCancelled _ -> {
        // Nothing waits for it.
      }
    }
  }

  private void write() {
    try {
      for (var batch = gather(); !batch.isEmpty(); batch = gather()) {
        writing = batch;
        if (!storeUntilClosed(batch)) {
          break;
        }
        written = next - 1;
        acknowledge(batch);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Wakes the purchases that wait for {@code batch}, in a virtual thread. That costs a fraction of
   * waking them in this one, which writes the next batch meanwhile.
   */
  private void acknowledge(List<Waiting> batch) throws InterruptedException {
    // In order, and never more than one: the one before has had a whole transaction's time.
    acknowledging.join();
    acknowledging =
        Thread.ofVirtual()
            .name("records-acknowledger")
            .start(
                () -> {
                  batch.forEach(this::written);
                  // Last: with the permit the records are available.
                  permits.release((int) batch.stream().filter(Waiting::holdsPermit).count());
                });
  }

  /** What waits; empty when this is closed and nothing does. */
  private List<Waiting> gather() throws InterruptedException {
    while (true) {
      var first = queue.poll(IDLE.toNanos(), TimeUnit.NANOSECONDS);
      if (first != null) {
        var batch = new ArrayList<Waiting>();
        batch.add(first);
        queue.drainTo(batch, MOST_ROWS - 1);
        return batch;
      }
      if (closing.getCount() == 0) {
        // It may have found an intent to cancel.
        acknowledging.join();
        if (queue.isEmpty()) {
          return List.of();
        }
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
    batch.store(to, writer.insert(), run, incarnation, first);
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
    closed = true;
    queue.forEach(this::abandon);
    checks.shutdownNow();
  }
}
