package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Stock.Timed;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A connection that buyers share. Commands that wait at the same moment are written together, and
 * replies come back in the order of the commands (automatic pipelining). A broken connection is
 * replaced when the next command waits.
 *
 * <p>All requests form one linked list: answered ones, then up to {@link #MOST_UNANSWERED} that
 * were sent, then those in the queue. Buyers append. The writer moves the border between the last
 * two before it writes, so that no queued command can have left. The reader moves the other border.
 * Both are virtual threads: while they are queued behind all runnable buyers, the commands of these
 * buyers collect.
 */
final class Pipeline {
  /** Enough to keep Redis busy; what a fault leaves indeterminate, and what a reply waits for. */
  static final int MOST_UNANSWERED = 1 << 10;

  private final Route route;
  private final Supplier<RawConnection> connections;
  private final PipelinedReplies meanings;
  private final Function<@Nullable Object, Outcome> meaning;
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
      Route route,
      Selling config,
      NamedConnections names,
      PipelinedReplies meanings,
      EncodedCommand command,
      ParkedReaders readers,
      LongSupplier nanoClock) {
    this.route = route;
    this.meanings = meanings;
    this.meaning = meanings::meaning;
    this.timeoutNanos = config.timeout().toNanos();
    this.nanoClock = nanoClock;
    this.connections =
        () ->
            route.connect(
                tenure ->
                    RawConnection.open(
                        route,
                        tenure,
                        config.timeout(),
                        names,
                        meanings,
                        readers,
                        this::makeRoom,
                        this::requireInFlight,
                        this::timeLeftNanos,
                        nanoClock));
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

  /** Enqueues the calling thread's request, and waits until it has ended. */
  Timed carryOut(PipelinedRequest request) {
    begin(request);
    return request.await(meaning);
  }

  /** Enqueues a request of a series, which the reader goes on with. */
  void begin(PipelinedRequest request) {
    enqueue(request);
    wakeWriter();
  }

  private void enqueue(PipelinedRequest request) {
    last.getAndSet(request).next = request;
  }

  /** How a request of a series has ended that was left to its buyer. */
  Timed ended(PipelinedRequest left) {
    return left.timed(meaning);
  }

  private void wakeWriter() {
    if (idle.get() && idle.compareAndSet(true, false)) {
      LockSupport.unpark(writer);
    }
  }

  /**
   * Closes the connection; the next request opens another. No request may be in flight, or made
   * before this returns. Waits at most one timeout.
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

  /** Closes the connection for good. No request may be in flight or follow. */
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

  /** Returns false once the pipeline is closed. */
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
            || (waiting != null && !current.cut && room(waiting.command(), current) > 0);
  }

  /** How many more may be sent; what is in flight is awaited before another server is taken. */
  private int room(EncodedCommand command, Link current) {
    var inFlight = (int) (sentCount - answeredSeen);
    return inFlight > 0 && current.connection.outlived() ? 0 : command.times() - inFlight;
  }

  /** Sends the queued requests, up to the first that has another command. */
  private void send(Link current) {
    if (sentCount == answeredSeen && !current.usable(nanoClock.getAsLong())) {
      return;
    }
    var request = lastSent.following();
    var command = request.command();
    var most = room(command, current);
    if (most <= 0) {
      return;
    }
    var until = last.get();
    // In this order: requests after `until` are not sent now, so none is stamped before it came.
    var now = nanoClock.getAsLong();
    current.usedAt(now);
    request.leaveAt(now);
    var batch = command.batch();
    batch.add(command);
    var number = 1;
    while (request != until && number < most) {
      var next = request.next;
      if (next == null || !batch.add(next.command())) {
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
      batch.send(current.connection);
    } catch (IOException _) {
      // Replies that arrived before the end still count, so the reader must be the one to see it.
      current.cut = true;
    }
  }

  /** Reconnects, or fails all queued requests: none of their commands has left. */
  private void replace() {
    try {
      connect();
    } catch (RuntimeException e) {
      var failed = new Outcome.Failed(RedisProblem.oneLine(e));
      var until = last.get();
      // In this order: no request may fail before it was made.
      var now = nanoClock.getAsLong();
      var request = lastSent;
      while (request != until && request.next != null) {
        request = request.unlink();
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

  /** Ends the requests that were sent and will never get a reply. */
  private void failInFlight(Link broken, String closeReason) {
    var lost = new Outcome.Indeterminate(closeReason);
    var now = nanoClock.getAsLong();
    var unanswered = lastSent;
    while (lastAnswered != unanswered) {
      lastAnswered = lastAnswered.unlink();
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
      // A reply that is nested without end overflows the stack.
      // Set before the connection is closed, so that nothing is sent over it afterwards. From here
      // on the writer owns all state.
      current.closeReason = RedisProblem.oneLine(e);
      route.lost(current.connection.tenure());
    }
    // The close also ends a write that blocks.
    current.connection.close();
    wakeWriter();
  }

  private void answer(RawConnection connection) {
    try {
      var reply = connection.read();
      meanings.requireSense(reply);
      var following = nextAnswered(connection).endBy(reply, connection.arrivedNanos(), meaning);
      if (following != null) {
        // The writer is woken when the reader waits for bytes.
        enqueue(following);
      }
    } catch (JedisDataException e) {
      route.lostBy(e, connection.tenure());
      var error = route.saidBy(connection.tenure().server(), e);
      nextAnswered(connection)
          .endDeclined(error, meanings.declined(error), connection.arrivedNanos());
    }
  }

  /**
   * Rejects bytes that arrive while nothing is in flight: they belong to no request, and neither do
   * the bytes after them. So no reply is ever older than its command.
   */
  private void requireInFlight(long arrivedNanos) {
    if (answeredCount == sentCount || arrivedNanos - lastAnswered.following().sentNanos() < 0) {
      throw new IllegalStateException("a reply that nobody waits for");
    }
  }

  private PipelinedRequest nextAnswered(RawConnection connection) {
    requireInFlight(connection.arrivedNanos());
    lastAnswered = lastAnswered.unlink();
    answeredCount++;
    return lastAnswered;
  }

  /** Shows the writer what has been answered. */
  private void makeRoom() {
    answeredSeen = answeredCount;
    // In this order: a writer that saw no room has updated lastSent before it looked.
    if (last.get() != lastSent) {
      wakeWriter();
    }
  }

  /** How long the reader may wait for bytes: until the oldest request in flight is overdue. */
  private long timeLeftNanos() {
    return answeredCount == sentCount
        ? timeoutNanos
        : lastAnswered.following().sentNanos() + timeoutNanos - nanoClock.getAsLong();
  }
}
