package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Stock.Timed;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * A connection that buyers share: commands of those who wait at the same moment are written
 * together, and replies come back in the order of the commands (automatic pipelining). One that
 * dies is replaced when the next command waits.
 *
 * <p>All requests form one linked list: answered ones, then up to {@link #MOST_UNANSWERED} that
 * were sent, then those in line. Buyers append. The writer moves the border between the last two,
 * before it writes, so that nothing in line can have left. The reader moves the other. Both are
 * virtual threads: while they stand behind all buyers who can run, the commands of these come
 * together.
 */
final class Pipeline {
  /** Enough to keep Redis busy; what a fault leaves indeterminate, and what a reply waits for. */
  static final int MOST_UNANSWERED = 1 << 10;

  private final Supplier<RawConnection> connections;
  private final LongFunction<Outcome> meaning;
  private final long timeoutNanos;
  private final LongSupplier nanoClock;
  private final Thread writer;

  private final AtomicReference<PipelinedRequest> last;
  private final AtomicBoolean idle = new AtomicBoolean();
  private volatile boolean closed;

  /** The last request that was sent; written by the writer. */
  private volatile PipelinedRequest lastSent;

  /** The last request that was answered; the reader's while there is one, else the writer's. */
  private PipelinedRequest lastAnswered;

  /** How many were sent; written by the writer. */
  private volatile long sentCount;

  /** How many were answered; the reader's while there is one, else the writer's. */
  private long answeredCount;

  /** The same as others may see it: brought up to date whenever the reader waits for bytes. */
  private volatile long answeredSeen;

  private volatile @Nullable Link link;

  /**
   * @param command that most requests consist of
   * @param readers of all pipelines that sell the same stock
   */
  Pipeline(
      int number,
      RedisEndpoint endpoint,
      RedisStockConfig config,
      NamedConnections names,
      PipelinableStrategy strategy,
      EncodedCommand command,
      ParkedReaders readers,
      LongSupplier nanoClock) {
    this.meaning = strategy::outcome;
    this.timeoutNanos = config.timeout().toNanos();
    this.nanoClock = nanoClock;
    this.connections =
        () ->
            RawConnection.open(
                endpoint,
                config.timeout(),
                names,
                strategy,
                readers,
                this::makeRoom,
                this::requireSomebodyWaits,
                this::patienceNanos,
                nanoClock);
    var first = new PipelinedRequest(command);
    this.last = new AtomicReference<>(first);
    this.lastSent = first;
    this.lastAnswered = first;
    this.writer = Thread.ofVirtual().name("pipeline-writer-", number).unstarted(this::write);
  }

  /**
   * Connects, and begins to serve buyers.
   *
   * @throws JedisException when that is not possible
   */
  void open() {
    connect();
    writer.start();
  }

  /** Puts the calling thread's request in line, and waits until it has ended. */
  Timed carryOut(PipelinedRequest request) {
    last.getAndSet(request).next = request;
    wakeWriter();
    return request.await(meaning);
  }

  private void wakeWriter() {
    if (idle.get() && idle.compareAndSet(true, false)) {
      LockSupport.unpark(writer);
    }
  }

  /**
   * Closes the connection; the next request opens another. No request may be under way or come
   * before this returns. Waits no longer than a reply may take.
   */
  void disconnect() {
    var open = link;
    if (open == null) {
      return;
    }
    open.connection.close();
    try {
      var _ = open.retired.await(timeoutNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes the connection, and replaces it no more. No request may be under way or follow. */
  void close() {
    closed = true;
    var open = link;
    if (open != null) {
      open.connection.close();
    }
    LockSupport.unpark(writer);
  }

  private void write() {
    while (awaitWork()) {
      var current = link;
      if (current == null) {
        replace();
      } else if (current.closeReason != null) {
        failInFlight(current, current.closeReason);
      } else {
        send(current);
      }
    }
  }

  /** Returns false when there will be no more. */
  private boolean awaitWork() {
    while (!closed && !work()) {
      idle.set(true);
      if (!closed && !work()) {
        LockSupport.park(this);
      }
      idle.set(false);
    }
    return !closed;
  }

  private boolean work() {
    var current = link;
    var waiting = lastSent.next;
    return current == null
        ? waiting != null
        : current.closeReason != null
            || (waiting != null && !current.cut && room(waiting.command()) > 0);
  }

  /** How many more may be sent. */
  private int room(EncodedCommand command) {
    return command.times() - (int) (sentCount - answeredSeen);
  }

  /** Sends what is in line, as far as it is the same command. */
  private void send(Link current) {
    if (sentCount == answeredSeen && !current.usable(nanoClock.getAsLong())) {
      return;
    }
    var request = next(lastSent);
    var command = request.command();
    var most = room(command);
    var until = last.get();
    // In this order: who came after this look at the clock cannot have left by then.
    var now = nanoClock.getAsLong();
    current.usedAt(now);
    request.leaveAt(now);
    var number = 1;
    while (request != until && number < most) {
      var next = request.next;
      if (next == null || next.command() != command) {
        break;
      }
      next.leaveAt(now);
      request = next;
      number++;
    }
    lastSent = request;
    var count = sentCount + number;
    sentCount = count;
    try {
      command.send(number, current.connection);
    } catch (IOException _) {
      // Replies that came before the end still count: it is for the reader to see that end.
      current.cut = true;
    }
  }

  /** Connects anew, or ends all who are in line by now: none of their commands has left. */
  private void replace() {
    try {
      connect();
    } catch (RuntimeException e) {
      var failed = new Outcome.Failed(RedisProblem.oneLine(e));
      var until = last.get();
      // In this order: nobody is to fail before he came.
      var now = nanoClock.getAsLong();
      var request = lastSent;
      while (request != until && request.next != null) {
        request = unlink(request);
        request.leaveAt(now);
        request.end(failed, now);
      }
      lastSent = request;
      lastAnswered = request;
    }
  }

  private void connect() {
    var made =
        new Link(
            connections.get(), this::read, writer.getName() + "-reader", nanoClock.getAsLong());
    link = made;
    made.start();
    if (closed) {
      made.connection.close();
    }
  }

  /** Ends those who were sent and have no answer, and will never have one. */
  private void failInFlight(Link broken, String closeReason) {
    var lost = new Outcome.Indeterminate(closeReason);
    var now = nanoClock.getAsLong();
    var unanswered = lastSent;
    while (lastAnswered != unanswered) {
      lastAnswered = unlink(lastAnswered);
      lastAnswered.end(lost, now);
    }
    answeredCount = sentCount;
    answeredSeen = answeredCount;
    link = null;
    broken.retired.countDown();
  }

  private void read(Link current) {
    try {
      while (true) {
        answer(current.connection);
      }
    } catch (RuntimeException | StackOverflowError e) {
      // The latter where a reply is nested without end.
      // Before the connection is closed, so that nothing is sent over it once that shows. From here
      // on all else is the writer's.
      current.closeReason = RedisProblem.oneLine(e);
    }
    // The writer may be stuck in a write.
    current.connection.close();
    wakeWriter();
  }

  private void answer(RawConnection connection) {
    try {
      if (!(connection.read() instanceof Long number)) {
        // Whoever it was meant for: those behind cannot trust their replies either.
        throw new IllegalStateException("the reply to a purchase is no number");
      }
      nextAnswered(connection).end(number, connection.arrivedNanos());
    } catch (JedisNoScriptException e) {
      nextAnswered(connection)
          .endUnknown(new Outcome.Failed(RedisProblem.words(e)), connection.arrivedNanos());
    } catch (JedisDataException e) {
      nextAnswered(connection).end(NotExecutedError.outcome(e), connection.arrivedNanos());
    }
  }

  /**
   * Bytes that come while nothing is under way belong to nobody, and nor do those behind them. So
   * no reply is ever older than its command.
   */
  private void requireSomebodyWaits(long arrivedNanos) {
    if (answeredCount == sentCount || arrivedNanos - next(lastAnswered).sentNanos() < 0) {
      throw new IllegalStateException("a reply that nobody waits for");
    }
  }

  private PipelinedRequest nextAnswered(RawConnection connection) {
    requireSomebodyWaits(connection.arrivedNanos());
    lastAnswered = unlink(lastAnswered);
    answeredCount++;
    return lastAnswered;
  }

  /** Shows the writer what has been answered. */
  private void makeRoom() {
    answeredSeen = answeredCount;
    // In this order: a writer that has seen no room by now has brought sent up to date before.
    if (last.get() != lastSent) {
      wakeWriter();
    }
  }

  /**
   * How long the reader may wait for bytes: until the oldest request without a reply is overdue.
   */
  private long patienceNanos() {
    return answeredCount == sentCount
        ? timeoutNanos
        : next(lastAnswered).sentNanos() + timeoutNanos - nanoClock.getAsLong();
  }

  /** The one behind, cut off, so that the dead do not keep the living in an old generation. */
  private static PipelinedRequest unlink(PipelinedRequest request) {
    var next = next(request);
    request.next = null;
    return next;
  }

  private static PipelinedRequest next(PipelinedRequest request) {
    return Objects.requireNonNull(request.next);
  }
}
