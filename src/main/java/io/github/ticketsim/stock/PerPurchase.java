package io.github.ticketsim.stock;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A stock that must know of a purchase who buys what. */
public interface PerPurchase extends Stock {

  /** The same as {@link #acquire(BooleanSupplier)}, for one purchase. */
  Optional<Lease> acquire(PurchaseRequest purchase, BooleanSupplier open);

  /**
   * The same while a lease for the same purchase is held, to send it again beside the first. Waits
   * for no lease that {@link #acquire} gave.
   */
  default Optional<Lease> acquireBeside(PurchaseRequest purchase, BooleanSupplier open) {
    return acquire(purchase, open);
  }

  @Override
  default Optional<Lease> acquire(BooleanSupplier open) {
    return acquire(PurchaseRequest.FIRST, open);
  }
}
