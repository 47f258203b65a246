package io.github.ticketsim.storm;

import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.stock.JitWarmable;
import io.github.ticketsim.stock.PerPurchase;
import io.github.ticketsim.stock.Stock;
import java.time.Duration;
import java.util.Optional;

/**
 * Goes through all the motions of a long storm beforehand, until Java has compiled what is often
 * run. Without it the first buyers of all would wait several times as long as those after them, and
 * one would measure Java.
 *
 * @param plan of the storm
 */
public record JitWarmUp(StormPlan plan, StormClock clock) {
  /** So many that Java has compiled too what each of them does once. */
  private static final int BUYERS = 5_000;

  /** What each of its two parts may add to a storm: an eighth of the attempts, or of the time. */
  private static final int SHARE = 8;

  private static final Duration MOST = Duration.ofSeconds(1);

  /** Shorter storms are over before Java has compiled much. */
  private static final int WORTH_IT_ATTEMPTS = 100_000;

  private static final Duration WORTH_IT = Duration.ofSeconds(2);

  /** Warms up over {@code stock}. */
  public void of(Stock stock) throws InterruptedException {
    var demand = demand();
    if (demand.isPresent() && stock instanceof JitWarmable warmable) {
      for (var part : warmable.jitWarmUps()) {
        var load = new Load.Closed(part instanceof PerPurchase ? known() : BUYERS, demand.get());
        var _ = new Storm(plan, plan.own().with(load), part, clock, PurchaseIds.random()).run();
      }
    }
  }

  /** No more than have a row of data. */
  private int known() {
    return plan.ownLoad() instanceof Load.Closed(var buyers, _) ? Math.min(buyers, BUYERS) : BUYERS;
  }

  /** Whether a storm of {@code load} is long enough for what is done beforehand to pay. */
  static boolean pays(Load load) {
    return load instanceof Load.Closed(_, Demand.Until(var length, _))
        ? length.compareTo(WORTH_IT) >= 0
        : attempts(load) >= WORTH_IT_ATTEMPTS;
  }

  private Optional<Demand> demand() {
    var load = plan.ownLoad();
    if (!pays(load)) {
      return Optional.empty();
    }
    return Optional.of(
        load instanceof Load.Closed(_, Demand.Until(var length, _))
            ? demand(length.dividedBy(SHARE), Ledger.MOST_ATTEMPTS)
            : demand(MOST, (int) Math.min(attempts(load) / SHARE, Ledger.MOST_ATTEMPTS)));
  }

  /** How many are expected; of a closed load that ends with the time nobody knows. */
  private static long attempts(Load load) {
    return load instanceof Load.Open(var schedule, Demand.Until(var length, _), _)
        ? (long) schedule.expected(length)
        : load.attempts().orElse(0);
  }

  private static Demand demand(Duration length, int attempts) {
    return new Demand.Until(length.compareTo(MOST) < 0 ? length : MOST, attempts);
  }
}
