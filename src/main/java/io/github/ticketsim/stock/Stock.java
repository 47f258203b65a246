package io.github.ticketsim.stock;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A limited stock of tickets that many buyers buy from at once.
 *
 * <p>A buyer first acquires a {@link Lease}, then buys. The two steps are apart so that the caller,
 * which owns the clock, can tell the wait for a connection from the operation itself.
 *
 * <p>What only some stocks can do is a type of its own: {@link Endless}, {@link Gated}, {@link
 * JitWarmable}, {@link ObservableStock}, {@link PerPurchase}.
 */
public interface Stock extends AutoCloseable {

  /** The name of the way in which this stock sells, such as {@code decr}. */
  String strategy();

  /** What the replies of this stock promise. */
  Model model();

  /**
   * Waits, first come, first served, until the caller may buy. Never fails: if no connection can be
   * made, {@link Lease#buy} reports it.
   *
   * @param open asked at the head of the queue, before anything is done for the caller
   * @return the lease; empty if the sale is not open any more
   */
  Optional<Lease> acquire(BooleanSupplier open);

  /**
   * Makes sure that no attempt can take effect any more, then reads what is left. Bounded in time.
   * Nothing may be acquired afterwards.
   */
  Settlement settle();

  @Override
  void close();

  /** The right to buy now, with the connection for it; closing it admits the next buyer. */
  interface Lease extends AutoCloseable {

    /** Tries to buy one ticket, once, without any retry. Never throws for what the stock does. */
    Outcome buy();

    /**
     * The same with its times. Both stamps are read outside the operation: the interval may be too
     * wide, never too narrow.
     *
     * @param nanoClock monotonic, the one with which the stock was opened
     */
    default Timed buy(LongSupplier nanoClock) {
      var call = nanoClock.getAsLong();
      var outcome = buy();
      return new Timed(call, nanoClock.getAsLong(), outcome);
    }

    @Override
    void close();
  }

  /**
   * An attempt with its times.
   *
   * @param callNanos on the clock, before the first byte left
   * @param returnNanos on the clock, after the reply arrived or was given up
   * @param outcome how it ended
   * @param order the shop's own id for the order, if a reply named it
   */
  record Timed(long callNanos, long returnNanos, Outcome outcome, Optional<String> order) {
    /** An attempt of which no order is known. */
    public Timed(long callNanos, long returnNanos, Outcome outcome) {
      this(callNanos, returnNanos, outcome, Optional.empty());
    }
  }
}
