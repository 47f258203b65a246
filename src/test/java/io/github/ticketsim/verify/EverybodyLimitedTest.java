package io.github.ticketsim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Order;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.selftest.Histories;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check.Name;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** That nothing was sold is said only if nothing is known that may have been. */
class EverybodyLimitedTest {
  private static final Cause CAUSE = new Cause.EverybodyLimited(/* script= */ false);

  private static Histories oneLimited() {
    return Histories.tally(2)
        .add(
            Histories.attempt(0, 1, OptionalLong.of(2), new Outcome.Limited(OptionalLong.empty())));
  }

  /** The causes that are given, with a limit of one ticket a customer. */
  private static List<Cause> causes(Histories histories, Order... orders) {
    var history = histories.build();
    var run = history.run();
    var terms = new Run.Terms(OptionalLong.of(1), Collections.emptySortedMap());
    var verdict =
        Verifier.verify(
            new History(
                run.selling(run.model(), run.key(), run.stock(), terms),
                history.attempts(),
                List.of(),
                List.of(orders),
                history.ending()));
    assertThat(verdict.checks())
        .anyMatch(
            check -> check.name() == Name.FALSE_LIMITED && check.status() == Check.Status.FAIL);
    return verdict.causes();
  }

  @Test
  void isSaidIfAllWereRefusedAndNothingWasTaken() {
    assertThat(causes(oneLimited().left(2))).contains(CAUSE);
  }

  @Test
  void isNotSaidIfAnAttemptIsIndeterminateOrFailed() {
    assertThat(causes(oneLimited().indeterminate(1).left(2))).doesNotContain(CAUSE);
    assertThat(causes(oneLimited().failed(1, 2).left(2))).doesNotContain(CAUSE);
  }

  @Test
  void isNotSaidIfTheCounterFell() {
    assertThat(causes(oneLimited().left(0))).doesNotContain(CAUSE);
    assertThat(causes(oneLimited().indeterminate(1).left(0))).doesNotContain(CAUSE);
  }

  @Test
  void isNotSaidIfTheShopHasAnOrder() {
    var order = new Order("1", Optional.empty(), Optional.empty(), OptionalInt.empty());
    assertThat(causes(oneLimited().left(2), order)).doesNotContain(CAUSE);
  }
}
