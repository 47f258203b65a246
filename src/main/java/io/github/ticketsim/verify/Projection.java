package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.Ending.StopReason;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Settlement;
import java.util.List;
import java.util.OptionalLong;

/**
 * Takes a part out of a history in such a way that the part is linearizable whenever the whole is.
 * So a part that is found invalid proves the whole invalid, and proves it by itself.
 *
 * <p>Attempts cannot simply be left out: who reads that 3 is left after one sale of 1,000 misses
 * 996 buyers. Each implementation therefore says which tickets it takes out of the stock together
 * with the attempts that took them, and why an order that explains the whole explains the part.
 */
sealed interface Projection permits TicketProjection, TallyProjection {

  /**
   * Single attempts and gaps of which a part that fails every check which {@code failed} fails can
   * be put together: those that break something, and those that excuse what only looks broken once
   * the rest is gone.
   */
  List<Selection> suspects(Judgement failed);

  /** The part of the history that {@code selection} names. */
  History onto(Selection selection);

  static Projection of(History history) {
    var facts = Facts.of(history);
    return switch (facts.model()) {
      case COUNTER, BOUNDED -> new TicketProjection(history, facts);
      case TALLY -> new TallyProjection(history, facts);
    };
  }

  /** A part of {@code whole}; {@code left} is what is read after it, where known. */
  static History part(History whole, long stock, List<Attempt> attempts, OptionalLong left) {
    var run = whole.run();
    var buyers = (int) attempts.stream().mapToInt(Attempt::buyer).distinct().count();
    var settlement = whole.ending().settlement();
    return History.of(
        run.withBuyers(buyers).selling(run.model(), run.key(), stock, Run.Terms.NONE),
        Attempts.of(attempts),
        new Ending(
            left.isPresent()
                ? Settlement.settled(left.getAsLong())
                : Settlement.unsettled(
                    OptionalLong.empty(),
                    settlement.problem().orElse("what was left is no part of this witness")),
            StopReason.NONE));
  }
}
