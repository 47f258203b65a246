package io.github.ticketsim.run;

import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.parts.Companions;
import io.github.ticketsim.stock.method.MethodStock;
import io.github.ticketsim.storm.LoadText;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A shop that sells by a method of the user's own.
 *
 * @param stock how it sells
 * @param terms on which it sells
 */
public record MethodShop(MethodStock stock, ShopTerms terms) implements Target {

  @Override
  public String strategy() {
    return MethodStock.STRATEGY;
  }

  @Override
  public Recorded storm(
      StormPlan plan, StormClock clock, RunListener listener, Companions companions)
      throws InterruptedException {
    listener.reached();
    var recording =
        new Recording(Recording.id(companions, clock), plan, stock, clock, listener, companions);
    var result = recording.watched(recording.storm());
    var setup =
        new Run.Setup(
            BuildVersion.number(),
            "Java " + Runtime.version().feature(),
            LoadText.of(plan.load()) + plan.purchases().retryWords(),
            result.buyers(),
            plan.stallTimeout().toMillis(),
            plan.purchases().drawn()
                ? OptionalLong.of(plan.purchases().seed())
                : LoadText.seed(plan.load()),
            /* sameRequest= */ false);
    var tickets = terms.tickets(strategy(), /* left= */ Optional.empty());
    var history =
        recording.history(
            result,
            /* brokenOnPurpose= */ false,
            strategy(),
            ShopTerms.total(tickets),
            Optional.of(setup),
            List.of());
    return new Recorded(terms.accounted(history, tickets, stock.account()), OptionalLong.empty());
  }
}
