package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Consecutive.AfterEach;
import io.github.ticketsim.stock.Outcome;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one buyer, each made when the one before has ended. The reader goes on after a
 * plain reply. What ends in another way is left to the buyer.
 */
final class RequestSeries {
  private final Thread buyer = Thread.currentThread();
  private final AfterEach each;

  /** The request that ended last. Those before it are unlinked, so that one of them is enough. */
  private @Nullable PipelinedRequest spare;

  private @Nullable Throwable bug;

  /** For the buyer to go on from. */
  private volatile @Nullable PipelinedRequest left;

  /** Written last, so that it publishes all that was done. */
  private volatile boolean over;

  /** A series of the calling thread. */
  RequestSeries(AfterEach each) {
    this.each = each;
  }

  /**
   * Tells, in the reader, how a request has ended by a reply; returns whether another is to be
   * made.
   */
  boolean another(PipelinedRequest ended, Function<@Nullable Object, Outcome> meaning) {
    try {
      if (each.another(ended.timed(meaning))) {
        return true;
      }
    } catch (RuntimeException | Error e) {
      // It is the buyer's, and none of the reader's that serves all buyers.
      bug = e;
    }
    end();
    return false;
  }

  /** Ends the series, none of whose requests is under way. */
  void end() {
    over = true;
    LockSupport.unpark(buyer);
  }

  /**
   * The request that follows {@code ended}. It is the one before that, made again: nobody knows
   * that any more, since all requests up to {@code ended} are unlinked from those after them.
   */
  PipelinedRequest following(PipelinedRequest ended) {
    var made = spare == null ? new PipelinedRequest(ended.command(), this) : spare;
    spare = ended;
    return made;
  }

  /** Leaves {@code request}, which has ended, to the buyer. */
  void leave(PipelinedRequest request) {
    left = request;
    LockSupport.unpark(buyer);
  }

  /**
   * Waits, in the thread of the buyer, for a request from which the buyer must go on; null if the
   * series is over. An interrupt does not end the wait, since the command may have left; the
   * interrupt status is restored afterwards.
   */
  @Nullable PipelinedRequest awaitLeft() {
    var interrupted = false;
    while (!over && left == null) {
      LockSupport.park();
      // Cleared, because no park waits while it is set.
      interrupted |= !over && left == null && Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (bug != null) {
      throw new IllegalStateException("a purchase could not be written down", bug);
    }
    var request = left;
    left = null;
    return request;
  }
}
