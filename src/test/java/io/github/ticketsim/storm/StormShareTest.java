package io.github.ticketsim.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ticketsim.storm.Demand.Purchases;
import io.github.ticketsim.storm.Demand.Until;
import io.github.ticketsim.storm.Schedule.Arrivals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StormShareTest {
  private static final int[] BUYERS = {1, 2, 3, 7, 10, 64, 101, 1_000};
  private static final int[] PARTS = {1, 2, 3, 4, 7, 10};

  private static Load.Closed closed(int buyers) {
    return new Load.Closed(buyers, new Purchases(1));
  }

  private static Load.Open open(int perSecond, Demand demand) {
    return new Load.Open(
        new Schedule(perSecond, Arrivals.CONSTANT, Duration.ZERO, 5), demand, 1_000);
  }

  private static OptionalInt customers(int count) {
    return count == 0 ? OptionalInt.empty() : OptionalInt.of(count);
  }

  @Test
  void everyBuyerBelongsToOnePartAndEveryCustomerToo() {
    for (var buyers : BUYERS) {
      for (var parts : PARTS) {
        for (var count : new int[] {0, 1, 2, 5, 7, 64, 2_000}) {
          if (parts <= buyers && (count == 0 || parts <= Math.min(count, buyers))) {
            requireEachOnce(buyers, parts, count);
          }
        }
      }
    }
  }

  private static void requireEachOnce(int buyers, int parts, int count) {
    var all = new ArrayList<Integer>();
    var customersSeen = new ArrayList<Integer>();
    for (var part = 0; part < parts; part++) {
      if (count > buyers) {
        // The last parts would have customers without a buyer.
        continue;
      }
      var own = new StormShare(part, parts).of(closed(buyers), customers(count));
      var size = ((Load.Closed) own.load()).buyers();
      var numbers = own.byCustomer(size).boxed().toList();
      assertThat(IntStream.range(0, size).map(own::number).boxed())
          .containsExactlyInAnyOrderElementsOf(numbers);
      all.addAll(numbers);
      if (count > 0) {
        customersSeen.addAll(numbers.stream().map(buyer -> buyer % count).distinct().toList());
      }
    }
    if (count <= buyers) {
      assertThat(all)
          .as("%d buyers in %d parts, %d customers", buyers, parts, count)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, buyers).boxed().toList());
      assertThat(customersSeen).doesNotHaveDuplicates();
    }
  }

  @Test
  void aPartHasItsBuyersSideBySideAndOfACustomerAll() {
    assertThat(new StormShare(1, 3).of(closed(10), OptionalInt.empty()).byCustomer(3))
        .containsExactly(3, 4, 5);
    // Customers 2 and 3 of 5; buyers 2 and 7, 3 and 8.
    assertThat(new StormShare(1, 2).of(closed(10), OptionalInt.of(5)).byCustomer(6))
        .containsExactly(2, 7, 3, 8, 4, 9);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 50})
  void thePurchasesOfAnOpenLoadAreDivided(int count) {
    var all = new ArrayList<Integer>();
    var rate = 0;
    for (var part = 0; part < 3; part++) {
      var own = new StormShare(part, 3).of(open(100, new Purchases(1_000)), customers(count));
      var load = (Load.Open) own.load();
      var size = ((Purchases) load.demand()).count();
      IntStream.range(0, size).map(own::number).forEach(all::add);
      rate += load.schedule().perSecond();
    }

    assertThat(all).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 1_000).boxed().toList());
    assertThat(rate).isEqualTo(100);
  }

  @Test
  void withoutANumberOfPurchasesBuyersTakeTurns() {
    var until = new Until(Duration.ofSeconds(1));

    var own = new StormShare(2, 5).of(open(100, until), OptionalInt.empty());

    assertThat(IntStream.range(0, 4).map(own::number)).containsExactly(2, 7, 12, 17);
  }

  @Test
  void partsOfAnOpenLoadDoNotBeginAtOnce() {
    var begins =
        IntStream.range(0, 4)
            .mapToObj(
                part ->
                    new StormShare(part, 4)
                        .of(open(4, new Purchases(40)), OptionalInt.empty())
                        .load())
            .map(load -> ((Load.Open) load).schedule().begins().nextLong())
            .toList();

    assertThat(begins).containsExactly(0L, 250_000_000L, 500_000_000L, 750_000_000L);
  }

  @Test
  void whatLeavesAPartWithoutAnythingToDoIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StormShare(0, 4).of(closed(3), OptionalInt.empty()))
        .withMessageContaining("--threads: 3 among 4 parts");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StormShare(0, 4).of(closed(30), OptionalInt.of(2)))
        .withMessageContaining("--customers: 2 among 4 parts");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StormShare(0, 4).of(open(3, new Purchases(9)), OptionalInt.empty()))
        .withMessageContaining("--rate: 3 among 4 parts");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 4})
  void aPartIsOneOfThem(int part) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StormShare(part, 4))
        .withMessage("part %d of 4, expected 0 to 3".formatted(part));
  }
}
