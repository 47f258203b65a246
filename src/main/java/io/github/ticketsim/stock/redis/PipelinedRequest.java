package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Stock.Timed;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * One command of one buyer on a shared connection, from the queue to its outcome. Requests are
 * linked in the order in which they were made, which is the order of their replies.
 */
final class PipelinedRequest {
  private final @Nullable Thread buyer;
  private final @Nullable RequestSeries series;
  private final EncodedCommand command;

  /** The next request. Read by the writer, and once that request is sent, by the reader. */
  volatile @Nullable PipelinedRequest next;

  /** Read on the clock before the first byte could leave. */
  private long sentNanos;

  /** Read on the clock after the reply arrived, or when it was given up. */
  private long endedNanos;

  private boolean scriptUnknown;
  private @Nullable JedisRedirectionException redirection;
  private @Nullable Object reply;

  /** The outcome if there is no reply. */
  private @Nullable Outcome problem;

  /** Written last, so that it publishes all the other fields. */
  private volatile boolean ended;

  /** A request of the calling thread. */
  PipelinedRequest(EncodedCommand command) {
    this.buyer = Thread.currentThread();
    this.series = null;
    this.command = command;
  }

  /** The next request of {@code series}, made by any thread. */
  PipelinedRequest(EncodedCommand command, RequestSeries series) {
    this.buyer = null;
    this.series = series;
    this.command = command;
  }

  /** The next request, which must be there. */
  PipelinedRequest following() {
    return Objects.requireNonNull(next);
  }

  /** The same, unlinked from this one, so that old requests do not keep new ones reachable. */
  PipelinedRequest unlink() {
    var following = following();
    next = null;
    return following;
  }

  EncodedCommand command() {
    return command;
  }

  void leaveAt(long nanos) {
    sentNanos = nanos;
  }

  long sentNanos() {
    return sentNanos;
  }

  /**
   * Ends the request by its reply. A request is ended once.
   *
   * @return the request that follows in its series; null if none does
   */
  @Nullable PipelinedRequest endBy(
      @Nullable Object answer, long nanos, Function<@Nullable Object, Outcome> meaning) {
    reply = answer;
    if (series == null) {
      end(nanos);
      return null;
    }
    endedNanos = nanos;
    return series.another(this, meaning) ? series.following(this) : null;
  }

  /** Ends the request without a reply that says what became of it. */
  void end(Outcome how, long nanos) {
    problem = how;
    end(nanos);
  }

  /**
   * Ends the request by an error. If that proves that the server has executed nothing, the script
   * may be unknown to it, or another node may have the key.
   */
  void endDeclined(JedisDataException error, Outcome how, long nanos) {
    if (NotExecutedError.proves(error)) {
      scriptUnknown = error instanceof JedisNoScriptException;
      redirection = error instanceof JedisRedirectionException where ? where : null;
    }
    end(how, nanos);
  }

  private void end(long nanos) {
    endedNanos = nanos;
    ended = true;
    if (series == null) {
      LockSupport.unpark(buyer);
    } else {
      series.leave(this);
    }
  }

  /**
   * Waits, in the thread that made the request. An interrupt does not end the wait, since the
   * command may have left; the interrupt status is restored afterwards.
   *
   * @param meaning of a reply
   */
  Timed await(Function<@Nullable Object, Outcome> meaning) {
    var interrupted = false;
    while (!ended) {
      LockSupport.park();
      // Cleared, because no park waits while it is set.
      interrupted |= !ended && Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return timed(meaning);
  }

  /** How it has ended. */
  Timed timed(Function<@Nullable Object, Outcome> meaning) {
    return new Timed(sentNanos, endedNanos, problem == null ? meaning.apply(reply) : problem);
  }

  /** The reply; valid once the request has ended by one. */
  @Nullable Object reply() {
    return reply;
  }

  /** Where to send it instead; null if it was not declined; valid once the request has ended. */
  @Nullable JedisRedirectionException redirection() {
    return redirection;
  }

  /** Whether the fallback to {@code EVAL} is due; valid once the request has ended. */
  boolean scriptUnknown() {
    return scriptUnknown;
  }
}
