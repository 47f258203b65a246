package io.github.ticketsim.storm;

import java.time.Duration;

/** How much each buyer tries to buy, in a closed load: the next attempt after the reply. */
public sealed interface Demand {

  /** A fixed number of attempts a buyer, from 1 up. */
  record Purchases(int perBuyer) implements Demand {}

  /** As many attempts as fit between the start and {@code limit} after it. */
  record Until(Duration limit) implements Demand {}
}
