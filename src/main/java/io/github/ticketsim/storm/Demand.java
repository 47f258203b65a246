package io.github.ticketsim.storm;

import io.github.ticketsim.ledger.Ledger;
import java.time.Duration;

/** How much each buyer tries to buy, in a closed load: the next attempt after the reply. */
public sealed interface Demand {

  /** A fixed number of attempts a buyer, from 1 up. */
  record Purchases(int perBuyer) implements Demand {}

  /**
   * As many attempts as fit between the start and {@code limit} after it.
   *
   * @param mostAttempts of all buyers together; the storm ends where they are about to exceed it
   */
  record Until(Duration limit, int mostAttempts) implements Demand {
    /** Bounded by nothing but the time and the ledger. */
    public Until(Duration limit) {
      this(limit, Ledger.MOST_ATTEMPTS);
    }
  }
}
