package io.github.ticketsim.storm;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Particulars;
import io.github.ticketsim.stock.PurchaseRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PurchasePlanTest {
  private static final UUID ID = new UUID(1, 2);
  private static final int BUYERS = 70;

  private static PurchasePlan plan(long seed) {
    return new PurchasePlan(
        OptionalInt.of(7), true, List.of("A", "B", "C", "D", "E"), 1, 3, 0.2, BUYERS, seed);
  }

  /** All purchases of three rounds, in their order. */
  private static Stream<PurchaseRequest> purchases(PurchasePlan plan) {
    return IntStream.range(0, 3 * BUYERS)
        .mapToObj(number -> plan.purchase(ID, number % BUYERS, number / BUYERS));
  }

  @Test
  void theSeedSaysAllThatIsLeftToChance() {
    assertThat(purchases(plan(5)).toList()).isEqualTo(purchases(plan(5)).toList());
    assertThat(purchases(plan(5)).toList()).isNotEqualTo(purchases(plan(6)).toList());
    assertThat(purchases(plan(5)).map(plan(5)::retry).toList())
        .isEqualTo(purchases(plan(5)).map(plan(5)::retry).toList())
        .contains(PurchasePlan.Retry.BESIDE, PurchasePlan.Retry.AFTER);
  }

  @Test
  void eachItemIsAskedForEquallyOften() {
    assertThat(purchases(plan(5)).collect(groupingBy(PurchaseRequest::item, counting())).values())
        .containsOnly(42L)
        .hasSize(5);
    assertThat(purchases(plan(5)).limit(5).map(PurchaseRequest::item)).doesNotHaveDuplicates();
  }

  @Test
  void quantitiesAndCustomersStayWithinTheirBounds() {
    assertThat(purchases(plan(5)).collect(groupingBy(PurchaseRequest::quantity, counting())))
        .containsOnlyKeys(1, 2, 3)
        .allSatisfy((_, count) -> assertThat(count).isBetween(40L, 100L));
    assertThat(purchases(plan(5)))
        .allSatisfy(purchase -> assertThat(purchase.customer()).isEqualTo(purchase.buyer() % 7));
  }

  @Test
  void aShareIsSentAgain() {
    var again = purchases(plan(5)).filter(p -> plan(5).retry(p) != PurchasePlan.Retry.NONE).count();
    assertThat(again).isBetween(20L, 70L);
  }

  @Test
  void anAttemptSaysNoMoreThanTheSaleTellsApart() {
    var purchase = PurchasePlan.PLAIN.purchase(ID, 3, 1);
    assertThat(PurchasePlan.PLAIN.particulars(purchase, false, Optional.empty()))
        .isSameAs(Particulars.NONE);
    var whole = plan(5).purchase(ID, 8, 1);
    assertThat(plan(5).particulars(whole, true, Optional.of("o-1")))
        .isEqualTo(
            new Particulars(
                Optional.of("1"),
                Optional.of(List.of("A", "B", "C", "D", "E").get(whole.item())),
                whole.quantity(),
                Optional.of(ID.toString()),
                Optional.of("o-1")));
  }

  @Test
  void theBuyersOfACustomerAreStartedOneBehindTheOther() {
    assertThat(byCustomer(plan(1), 10)).containsExactly(0, 7, 1, 8, 2, 9, 3, 4, 5, 6);
    assertThat(byCustomer(plan(1), 3)).containsExactly(0, 1, 2);
    assertThat(byCustomer(PurchasePlan.PLAIN, 3)).containsExactly(0, 1, 2);
  }

  private static IntStream byCustomer(PurchasePlan plan, int buyers) {
    var load = new Load.Closed(buyers, new Demand.Purchases(1));
    return StormShare.WHOLE.of(load, plan.customers()).byCustomer(buyers);
  }
}
