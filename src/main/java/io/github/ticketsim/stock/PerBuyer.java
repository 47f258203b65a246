package io.github.ticketsim.stock;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A stock that sells to each buyer in its own way, such as by the buyer's number. */
public interface PerBuyer extends Stock {

  /**
   * The same as {@link #acquire(BooleanSupplier)}, for one buyer.
   *
   * @param buyer which one, from 0
   */
  Optional<Lease> acquire(int buyer, BooleanSupplier open);

  @Override
  default Optional<Lease> acquire(BooleanSupplier open) {
    return acquire(0, open);
  }
}
