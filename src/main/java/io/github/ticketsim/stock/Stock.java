package io.github.ticketsim.stock;

import java.util.Optional;
import java.util.function.BooleanSupplier;

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
     * When the attempt began, after {@link #buy}: no byte of it had left by then. Later than {@code
     * asked} where that waited in line itself.
     *
     * @param asked when {@link #buy} was called, in nanoseconds on the clock of the stock
     */
    default long callNanos(long asked) {
      return asked;
    }

    @Override
    void close();
  }
}
