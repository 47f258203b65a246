package io.github.ticketsim.parts;

import io.github.ticketsim.ledger.PartClock;
import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.redis.SharedRedis;
import io.github.ticketsim.storm.StormClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets the others know how far this part is, sees how far they are, and reads the clock of the
 * Redis all the while, on one connection and one thread.
 */
final class Heartbeat implements AutoCloseable {
  private static final Duration LIFETIME = Duration.ofSeconds(15);
  private static final Duration LEAD = Duration.ofMillis(500);
  private static final long READ_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long BEAT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long BEAT_EVERY_NANOS_IN_WAITING = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long NEWS_MILLIS = 50;
  private static final int BURST = 20;
  private static final int MOST_TIMEOUTS = 20;
  private static final long NANOS_A_MICRO = 1_000;

  private final Meeting meeting;
  private final StormClock clock;
  private final String token = UUID.randomUUID().toString();
  private final ClockSamples samples = new ClockSamples();
  private final Semaphore news = new Semaphore(0);
  private final Thread thread;
  private @Nullable SharedRedis redis;

  private volatile PartState state = PartState.JOINED;
  private volatile PartState sent = PartState.JOINED;
  private volatile PartsView view = PartsView.NONE;
  private volatile Optional<String> problem = Optional.empty();
  private volatile long startNanos;
  private volatile boolean waiting = true;
  private volatile boolean closing;
  private volatile @Nullable ClockWanted wanted;

  /** The clock that is to be worked out. */
  private record ClockWanted(long startNanos, CompletableFuture<PartClock> clock) {}

  private Heartbeat(Meeting meeting, StormClock clock, SharedRedis redis) {
    this.meeting = meeting;
    this.clock = clock;
    this.redis = redis;
    this.thread = Thread.ofPlatform().daemon().name("rendezvous").unstarted(this::run);
  }

  static Heartbeat connect(Meeting meeting, StormClock clock) {
    return new Heartbeat(meeting, clock, SharedRedis.connect(meeting.redis(), meeting.timeout()));
  }

  /** Comes before {@link #start}. */
  List<String> join(UUID candidate) {
    var arguments = arguments();
    arguments.add(Integer.toString(meeting.share().parts()));
    arguments.add(meeting.terms());
    arguments.add(candidate.toString());
    return connected().run(GatheringScripts.JOIN, Meeting.KEY, arguments);
  }

  private SharedRedis connected() {
    var known = redis;
    if (known == null) {
      known = SharedRedis.connect(meeting.redis(), meeting.timeout());
      redis = known;
    }
    return known;
  }

  private List<String> arguments() {
    return new ArrayList<>(
        List.of(
            Integer.toString(meeting.share().part()), token, Long.toString(LIFETIME.toMillis())));
  }

  void start() {
    for (var i = 0; i < BURST; i++) {
      read();
    }
    beat();
    thread.start();
  }

  private void run() {
    var beaten = clock.nanos().getAsLong();
    while (!closing) {
      var now = clock.nanos().getAsLong();
      var often = waiting || state != sent;
      var due = now - beaten > (often ? BEAT_EVERY_NANOS_IN_WAITING : BEAT_EVERY_NANOS);
      if (due) {
        beaten = now;
      }
      attempt(
          () -> {
            read();
            if (due) {
              beat();
            }
          });
      answer();
      LockSupport.parkNanos(READ_EVERY_NANOS);
    }
    attempt(this::sayGoodbye);
    disconnect();
  }

  /** After a failure the next attempt connects anew. */
  private void attempt(Runnable exchange) {
    try {
      exchange.run();
      problem = Optional.empty();
    } catch (StockUnavailableException e) {
      problem = Optional.of(String.valueOf(e.getMessage()));
      disconnect();
      LockSupport.parkNanos(BEAT_EVERY_NANOS_IN_WAITING);
    }
  }

  private void disconnect() {
    var known = redis;
    redis = null;
    if (known != null) {
      known.close();
    }
  }

  private void read() {
    var connection = connected();
    var asked = clock.nanos().getAsLong();
    var micros = connection.timeMicros();
    samples.add(asked, clock.nanos().getAsLong(), micros);
  }

  private void beat() {
    var shown = state;
    var arguments = arguments();
    arguments.add(shown.code());
    arguments.add(Long.toString(TimeUnit.NANOSECONDS.toMicros(LEAD.toNanos())));
    arguments.add(Long.toString(PartsView.MOST_SILENT_MICROS));
    var seen = PartsView.of(connected().run(GatheringScripts.BEAT, Meeting.KEY, arguments));
    if (seen.started() && !view.started()) {
      startNanos = samples.ours(seen.startMicros() * NANOS_A_MICRO);
      waiting = false;
    }
    view = seen;
    sent = shown;
    news.release();
  }

  private void sayGoodbye() {
    if (view.started()) {
      beat();
    } else {
      connected().run(GatheringScripts.LEAVE, Meeting.KEY, arguments());
    }
  }

  /** Works out the clock, if it is wanted, from what the last readings show too. */
  private void answer() {
    var asked = wanted;
    if (asked == null) {
      return;
    }
    wanted = null;
    attempt(
        () -> {
          for (var i = 0; i < BURST; i++) {
            read();
          }
        });
    asked
        .clock()
        .complete(
            samples.clock(
                asked.startNanos(), view.startMicros() * NANOS_A_MICRO, clock.nanos().getAsLong()));
  }

  /** What leads from our times, which began at {@code began}, to the common ones. */
  PartClock clock(long began) {
    var asked = new ClockWanted(began, new CompletableFuture<>());
    wanted = asked;
    try {
      return asked
          .clock()
          .get(meeting.timeout().multipliedBy(MOST_TIMEOUTS).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the clock was not worked out", e);
    }
  }

  /** Tells the others that this part is so far, with the next beat. */
  void reached(PartState next) {
    state = next;
    waiting = true;
  }

  /** Waits until the others can know how far this part is; gives up if the Redis is lost. */
  void awaitSent() {
    var deadline = clock.nanos().getAsLong() + meeting.timeout().toNanos();
    while (sent != state && clock.nanos().getAsLong() - deadline < 0) {
      try {
        awaitNews();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Waits for the next beat, but not for long. */
  void awaitNews() throws InterruptedException {
    var _ = news.drainPermits();
    var _ = news.tryAcquire(NEWS_MILLIS, TimeUnit.MILLISECONDS);
  }

  PartsView view() {
    return view;
  }

  /** When the storm starts, on our clock; known once it is known that it does. */
  long startNanos() {
    return startNanos;
  }

  /** What keeps this part from being heard, if anything does. */
  Optional<String> problem() {
    return problem;
  }

  /** Says goodbye. */
  @Override
  public void close() {
    closing = true;
    if (!thread.isAlive()) {
      disconnect();
      return;
    }
    LockSupport.unpark(thread);
    try {
      thread.join(meeting.timeout().multipliedBy(MOST_TIMEOUTS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
