package io.github.ticketsim.storm;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * A storm that makes sense.
 *
 * @param load how buyers come upon the stock
 * @param stallTimeout how long the storm goes on without a sale or a refusal before it gives up
 * @param purchases who buys what
 * @param warmUp attempts that begin in it are judged like all others, and not measured
 * @param share which part of the storm this process has; load and purchases are those of all parts
 */
public record StormPlan(
    Load load, Duration stallTimeout, PurchasePlan purchases, Duration warmUp, StormShare share) {
  private static final long STALL_TIMEOUTS = 5;

  /**
   * @throws IllegalArgumentException naming what is out of its bounds
   */
  public StormPlan {
    if (!stallTimeout.isPositive()) {
      throw new IllegalArgumentException("stall timeout " + stallTimeout + " is not positive");
    }
    if (warmUp.isNegative()) {
      throw new IllegalArgumentException("warm-up " + warmUp + " is negative");
    }
  }

  /** One ticket of the only item for each buyer, measured from the start. */
  public StormPlan(Load load, Duration stallTimeout) {
    this(load, stallTimeout, PurchasePlan.PLAIN, Duration.ZERO, StormShare.WHOLE);
  }

  /** The same for a stock that replies within {@code timeout}, or not at all. */
  public static StormPlan patient(Load load, Duration timeout) {
    // By way of a number: Duration multiplies by BigDecimal, whose tables take as long to make as
    // Java takes to start.
    return new StormPlan(load, Duration.ofNanos(STALL_TIMEOUTS * timeout.toNanos()));
  }

  /**
   * The same with other purchases.
   *
   * @param patience how much longer they may take to be decided
   */
  public StormPlan with(PurchasePlan others, Duration patience) {
    return new StormPlan(load, stallTimeout.plus(patience), others, warmUp, share);
  }

  /** The same, measured only after {@code first}. */
  public StormPlan withWarmUp(Duration first) {
    return new StormPlan(load, stallTimeout, purchases, first, share);
  }

  /** The same, of which this process has {@code own}. */
  public StormPlan part(StormShare own) {
    return new StormPlan(load, stallTimeout, purchases, warmUp, own);
  }

  /**
   * The load of this process alone.
   *
   * @throws IllegalArgumentException if there is nothing for its part to do
   */
  public Load ownLoad() {
    return own().load();
  }

  OwnBuyers own() {
    return share.of(load, purchases.customers());
  }

  /** How many tickets {@code load} asks for at most; empty if nobody knows. */
  public OptionalLong demand(Load some) {
    var attempts = some.attempts();
    var twice = purchases.retryShare() > 0 ? 2L : 1L;
    return attempts.isPresent()
        ? OptionalLong.of(attempts.getAsLong() * purchases.mostQuantity() * twice)
        : attempts;
  }

  /** A closed load of {@code buyers}. */
  public StormPlan(int buyers, Demand demand, Duration stallTimeout) {
    this(new Load.Closed(buyers, demand), stallTimeout);
  }
}
