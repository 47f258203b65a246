package io.github.ticketsim.stock;

import io.github.ticketsim.stock.Stock.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TransferQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The line in which buyers wait, first come, first served. A fixed number of them are served at a
 * time; whoever is done hands the connection on to the next.
 *
 * <p>One queue holds either connections that nobody wants or buyers who want one, never both (a
 * dual queue: Scherer, Lea and Scott, Scalable Synchronous Queues, 2006). So nobody overtakes, and
 * a connection goes from hand to hand without lying in a pool in between.
 *
 * @param <C> a connection
 */
public final class Line<C> {

  /** The connections; an empty place is one that has yet to be made. */
  private final TransferQueue<Optional<C>> places = new LinkedTransferQueue<>();

  private final int served;

  /**
   * @param served how many are served at a time
   */
  public Line(int served) {
    this.served = served;
    for (var i = 0; i < served; i++) {
      places.add(Optional.empty());
    }
  }

  /**
   * Waits for a place.
   *
   * @param open asked then: whether that is still wanted
   * @param turn makes a turn of the connection, or of none, which has to be made first. The turn
   *     must {@link #pass} the place on when it is closed
   * @return the turn, or nothing when it is not wanted any more
   */
  public Optional<Lease> await(BooleanSupplier open, Function<Optional<C>, Lease> turn) {
    var place = take();
    var made = Optional.<Lease>empty();
    try {
      if (open.getAsBoolean()) {
        made = Optional.of(turn.apply(place));
      }
      return made;
    } finally {
      if (made.isEmpty()) {
        pass(place);
      }
    }
  }

  /** Waits however often it is interrupted: each turn before is bounded. */
  private Optional<C> take() {
    var interrupted = false;
    try {
      while (true) {
        try {
          return places.take();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Lets the next one be served.
   *
   * @param connection empty where it cannot be used any more
   */
  public void pass(Optional<C> connection) {
    places.add(connection);
  }

  /** A turn for which no connection could be made. */
  public Lease refused(Outcome outcome) {
    return new Lease() {
      @Override
      public Outcome buy() {
        return outcome;
      }

      @Override
      public void close() {
        pass(Optional.empty());
      }
    };
  }

  /** See {@link Gated#startGate}. */
  public Runnable startGate() {
    List<Optional<C>> kept = new ArrayList<>(served);
    places.drainTo(kept);
    return () -> places.addAll(kept);
  }

  /** Makes all connections beforehand. No turn may have been awaited yet. */
  public void fill(Supplier<C> connections) {
    for (var i = 0; i < served; i++) {
      pass(Optional.of(connections.get()));
      places.remove();
    }
  }

  /**
   * Parts from all connections; the next buyers will need new ones. No turn may be held meanwhile.
   *
   * @param farewell where it throws, the remaining ones stay for the next time
   */
  public void clear(Consumer<C> farewell) {
    for (var i = 0; i < served; i++) {
      var place = places.poll();
      if (place != null) {
        try {
          place.ifPresent(farewell);
        } finally {
          pass(Optional.empty());
        }
      }
    }
  }
}
