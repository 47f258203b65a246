package io.github.ticketsim.stock;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A limited stock of tickets that many buyers buy from at once.
 *
 * <p>A buyer first waits for its {@link Turn}, then buys. The two steps are apart so that the
 * caller, who owns the clock, can tell waiting from the operation itself.
 */
public interface Stock extends AutoCloseable {

  /** The name of the way in which this stock sells, such as {@code decr}. */
  String strategy();

  /** What the replies of this stock promise. */
  Model model();

  /**
   * Closes the doors, so that a line can form before the sale begins: nobody gets a turn until they
   * are opened. Comes before any turn is awaited.
   *
   * @return opens the doors; empty where there is no line to wait in
   */
  default Optional<Runnable> closeDoors() {
    return Optional.empty();
  }

  /**
   * The same line and the same ways to the stock, over which nothing is bought: whoever is to storm
   * can go through all the motions before the sale. Used one after the other, and over before the
   * first turn is awaited. They are closed with this stock, not by themselves.
   *
   * @return one that sells to everybody, and one that is sold out; empty where nothing harmless can
   *     be asked for
   */
  default List<Stock> rehearsals() {
    return List.of();
  }

  /**
   * Waits in line, first come, first served, until the caller may buy. Never fails: where no way to
   * the stock could be had, the turn's {@link Turn#buy} says so.
   *
   * @param open asked at the head of the line, before anything is done for the caller
   * @return the turn, or nothing when the sale is not open any more
   */
  Optional<Turn> awaitTurn(BooleanSupplier open);

  /**
   * Makes sure that no attempt can act any more, then reads what is left. Bounded in time. No turn
   * may be awaited afterwards.
   */
  Settlement settle();

  @Override
  void close();

  /** The right of one buyer to buy now; closing it lets the next one in. */
  interface Turn extends AutoCloseable {

    /** Tries to buy one ticket, once, without any retry. Never throws for what the stock does. */
    Outcome buy();

    /**
     * The same with its times. Both stamps stand outside the operation: the interval may be too
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
   * A try to buy.
   *
   * @param callNanos on the clock: no byte of it had left by then
   * @param returnNanos on the clock: its reply had arrived by then, if ever
   * @param outcome how it ended
   */
  record Timed(long callNanos, long returnNanos, Outcome outcome) {}
}
