package io.github.ticketsim.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.storm.Demand.Purchases;
import io.github.ticketsim.storm.Demand.Until;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StormPlanTest {
  private static final Schedule SCHEDULE =
      new Schedule(1, Schedule.Arrivals.CONSTANT, Duration.ZERO, 0);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, Load.MOST_BUYERS + 1})
  void refusesTooFewOrTooManyBuyers(int buyers) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StormPlan(buyers, new Purchases(1), SECOND))
        .withMessageContaining(buyers + " buyers, expected 1 to 1000000");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, Ledger.MOST_ATTEMPTS / 2 + 1, Integer.MAX_VALUE})
  void refusesNoPurchasesOrMoreThanALedgerHolds(int perBuyer) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StormPlan(2, new Purchases(perBuyer), SECOND))
        .withMessageContaining(perBuyer + " purchases by each of 2 buyers");
  }

  @Test
  void allowsAsManyPurchasesAsALedgerHolds() {
    var demand = new Purchases(Ledger.MOST_ATTEMPTS / 2);
    assertThat(new StormPlan(2, demand, SECOND).load()).isEqualTo(new Load.Closed(2, demand));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, Ledger.MOST_ATTEMPTS + 1})
  void refusesAnOpenLoadOfNoPurchasesOrMoreThanALedgerHolds(int all) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Load.Open(SCHEDULE, new Purchases(all), 1))
        .withMessageContaining(all + " purchases, expected 1 to ");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, Load.MOST_BUYERS + 1})
  void refusesAnOpenLoadOfNobodyOrTooManyAtOnce(int most) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Load.Open(SCHEDULE, new Purchases(1), most))
        .withMessageContaining(most + " buyers, expected 1 to 1000000");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0})
  void refusesADurationThatIsNone(long nanos) {
    var none = Duration.ofNanos(nanos);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StormPlan(1, new Until(none), SECOND));
    assertThatIllegalArgumentException().isThrownBy(() -> new StormPlan(1, new Purchases(1), none));
  }

  @Test
  void measuresFromTheStartUnlessItIsToldOtherwise() {
    var plan = new StormPlan(1, new Purchases(1), SECOND);
    assertThat(plan.warmUp()).isZero();
    assertThat(plan.withWarmUp(SECOND).with(PurchasePlan.PLAIN, SECOND).warmUp()).isEqualTo(SECOND);
    assertThatIllegalArgumentException().isThrownBy(() -> plan.withWarmUp(Duration.ofNanos(-1)));
  }
}
