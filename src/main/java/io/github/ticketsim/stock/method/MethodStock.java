package io.github.ticketsim.stock.method;

import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.PerPurchase;
import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.Settlement;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Sells by a method that is called on the thread of each buyer. There is no line: all buyers call
 * it at once. A call has ended when it returns, so nothing can act any more after the last attempt.
 */
public final class MethodStock implements PerPurchase {
  /** How {@link #strategy} names it. */
  public static final String STRATEGY = "method";

  private final BuyMethod method;
  private final Optional<Left> left;

  /** Tries to buy one ticket. */
  @FunctionalInterface
  public interface BuyMethod {
    /**
     * Is called on the thread of the buyer.
     *
     * @param purchase what is asked for
     * @throws Exception if it is not known whether a ticket was taken
     */
    Outcome buy(PurchaseRequest purchase) throws Exception;
  }

  /** Tells how many tickets are left. */
  @FunctionalInterface
  public interface Left {
    /**
     * Is called after the last attempt.
     *
     * @throws Exception if that cannot be told
     */
    long left() throws Exception;
  }

  /**
   * @param left what is left; empty if the shop does not tell
   */
  public MethodStock(BuyMethod method, Optional<Left> left) {
    this.method = method;
    this.left = left;
  }

  @Override
  public String strategy() {
    return STRATEGY;
  }

  @Override
  public Model model() {
    return Model.TALLY;
  }

  @Override
  public Optional<Lease> acquire(PurchaseRequest purchase, BooleanSupplier open) {
    return open.getAsBoolean() ? Optional.of(new Call(purchase)) : Optional.empty();
  }

  @Override
  public Settlement settle() {
    if (left.isEmpty()) {
      return Settlement.unsettled(
          OptionalLong.empty(), "nothing tells what is left; pass left(...) to TicketStorm");
    }
    try {
      return Settlement.settled(left.get().left());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Settlement.unsettled(OptionalLong.empty(), "interrupted while asking what is left");
    } catch (Exception e) {
      return Settlement.unsettled(OptionalLong.empty(), "what is left cannot be told: " + e);
    }
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  private final class Call implements Lease {
    private final PurchaseRequest purchase;

    private Call(PurchaseRequest purchase) {
      this.purchase = purchase;
    }

    @Override
    public Outcome buy() {
      try {
        return method.buy(purchase);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Outcome.Indeterminate("interrupted");
      } catch (Exception | AssertionError e) {
        return new Outcome.Indeterminate("threw " + e);
      }
    }

    @Override
    public void close() {
      // Nobody waits behind this buyer.
    }
  }
}
