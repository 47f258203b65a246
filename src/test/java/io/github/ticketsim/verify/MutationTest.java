package io.github.ticketsim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Check.Status;
import io.github.ticketsim.verify.Verdict.Result;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Legal sales, each broken in one way that a real stock can break. The attempts of a sale are
 * numbered, as buyers, in the order in which they took effect.
 */
class MutationTest {

  /**
   * One sale out of which 7 of 10 attempts get a ticket.
   *
   * @param model what its replies promise
   * @param size how many attempts
   * @param seed of its times
   */
  record Case(Model model, int size, long seed) {

    Random random() {
      return new Random(seed);
    }

    int stock() {
      return size * 7 / 10;
    }

    int lastSale() {
      return stock() - 1;
    }

    int lastRefusal() {
      return size - 1;
    }

    /** A sale in the midst of sales, none of them concurrent with the last one. */
    int someSale() {
      return 1 + random().nextInt(stock() - 5);
    }

    Sale sale() {
      return legal(stock(), size);
    }

    Sale legal(long counter, int attempts) {
      return Sale.legal(model, counter, Sale.Shape.calm(attempts), random());
    }

    Verdict judge(Sale sale) {
      return Verifier.verify(sale.history(random()));
    }
  }

  static Stream<Case> sales() {
    return Stream.of(Model.values())
        .flatMap(
            model ->
                IntStream.of(10, 200, 2_000)
                    .boxed()
                    .flatMap(
                        size ->
                            IntStream.range(0, 4).mapToObj(seed -> new Case(model, size, seed))));
  }

  static Stream<Case> salesWithValues() {
    return sales().filter(sale -> sale.model() != Model.TALLY);
  }

  static Stream<Case> salesByCounter() {
    return sales().filter(sale -> sale.model() == Model.COUNTER);
  }

  @ParameterizedTest
  @MethodSource("sales")
  void acceptsALegalSale(Case given) {
    var verdict = given.judge(given.sale());
    assertThat(verdict.result()).as("%s", verdict).isEqualTo(Result.VALID);
    assertThat(verdict.sold()).isEqualTo(new Verdict.SoldBounds(given.stock(), given.stock()));
  }

  @ParameterizedTest
  @MethodSource("sales")
  void acceptsALegalSaleWithFailuresAndLostReplies(Case given) {
    var stormy = Sale.Shape.stormy(given.size());
    var sale = Sale.legal(given.model(), given.stock() / 2, stormy, given.random());
    var verdict = given.judge(sale);
    assertThat(verdict.result()).as("%s", verdict).isEqualTo(Result.VALID);
  }

  @ParameterizedTest
  @MethodSource("sales")
  void acceptsASaleWhoseReplyWasLost(Case given) {
    var verdict = given.judge(given.sale().with(given.someSale(), lost()));
    assertThat(verdict.result()).as("%s", verdict).isEqualTo(Result.VALID);
  }

  @ParameterizedTest
  @MethodSource("salesWithValues")
  void refusesAHistoryWhereATicketWasSoldTwice(Case given) {
    var sale = given.sale();
    var twice = sale.with(given.lastSale(), sale.at(given.someSale()).outcome());
    assertThat(buyers(failure(given.judge(twice), Name.DUPLICATE_TICKET)))
        .containsExactlyInAnyOrder(given.someSale(), given.lastSale());
  }

  @ParameterizedTest
  @MethodSource("sales")
  void refusesAHistoryWithAReceiptMissing(Case given) {
    var missing = given.someSale();
    var verdict = given.judge(given.sale().without(missing));
    assertThat(failures(verdict))
        .containsExactlyInAnyOrder(Name.CONSERVATION, Name.UNDERSELL, Name.FALSE_SOLD_OUT);
    assertThat(buyers(failure(verdict, Name.FALSE_SOLD_OUT)))
        .hasSize(1)
        .allMatch(buyer -> buyer > given.lastSale());
    if (given.model() != Model.TALLY) {
      assertThat(buyers(failure(verdict, Name.CONSERVATION)))
          .containsExactly(missing - 1, missing + 1);
    }
  }

  @ParameterizedTest
  @MethodSource("salesWithValues")
  void refusesAHistoryWhereTwoSalesApartInTimeSwappedTickets(Case given) {
    var sale = given.sale();
    var some = given.someSale();
    var last = given.lastSale();
    var swapped = sale.with(some, sale.at(last).outcome()).with(last, sale.at(some).outcome());
    var verdict = given.judge(swapped);
    assertThat(failures(verdict)).containsExactly(Name.REAL_TIME_ORDER);
    var check = failure(verdict, Name.REAL_TIME_ORDER);
    assertThat(buyers(check)).containsAnyOf(some, last);
    var receipts = receipts(check);
    assertThat(valueOf(receipts.getFirst())).isLessThan(valueOf(receipts.getLast()));
    assertReturnedBeforeCall(receipts);
  }

  @ParameterizedTest
  @MethodSource("salesWithValues")
  void refusesAHistoryWhereALateTicketReturnedBeforeTheFirstWasCalled(Case given) {
    var verdict = given.judge(given.sale().shifted(given.lastSale(), -100L * given.size()));
    assertThat(failures(verdict)).containsExactly(Name.REAL_TIME_ORDER);
    var check = failure(verdict, Name.REAL_TIME_ORDER);
    assertThat(buyers(check)).startsWith(given.lastSale());
    assertReturnedBeforeCall(receipts(check));
  }

  @ParameterizedTest
  @MethodSource("salesByCounter")
  void refusesAHistoryWhereTwoRefusalsApartInTimeAreOutOfOrder(Case given) {
    var sale = given.legal(0, given.size());
    var last = sale.attempts().size() - 1;
    var swapped = sale.with(0, sale.at(last).outcome()).with(last, sale.at(0).outcome());
    var verdict = given.judge(swapped);
    assertThat(failures(verdict)).containsExactly(Name.REAL_TIME_ORDER);
    assertReturnedBeforeCall(receipts(failure(verdict, Name.REAL_TIME_ORDER)));
  }

  @ParameterizedTest
  @MethodSource("sales")
  void refusesAHistoryWithAForgedRefusal(Case given) {
    var sale = given.sale();
    var forged = given.someSale();
    var value =
        given.model() == Model.COUNTER
            ? OptionalLong.of(valueOf(sale.at(forged)))
            : OptionalLong.empty();
    var verdict = given.judge(sale.with(forged, new Outcome.SoldOut(value)));
    var check = failure(verdict, Name.FALSE_SOLD_OUT);
    assertThat(buyers(check)).startsWith(forged);
    if (given.model() == Model.COUNTER) {
      assertThat(failures(verdict)).containsExactly(Name.FALSE_SOLD_OUT);
    } else {
      assertThat(receipts(check).getLast().outcome()).isInstanceOf(Outcome.Sold.class);
      assertReturnedBeforeCall(receipts(check));
    }
  }

  @ParameterizedTest
  @MethodSource("sales")
  void refusesAHistoryWithARefusalTooEarly(Case given) {
    var early = given.lastRefusal();
    var verdict = given.judge(given.sale().shifted(early, -100L * given.size()));
    assertThat(failures(verdict)).containsExactly(Name.FALSE_SOLD_OUT);
    var check = failure(verdict, Name.FALSE_SOLD_OUT);
    assertThat(buyers(check)).startsWith(early);
    assertThat(receipts(check).getLast().outcome()).isInstanceOf(Outcome.Sold.class);
    assertReturnedBeforeCall(receipts(check));
  }

  @ParameterizedTest
  @MethodSource("sales")
  void refusesAHistoryWithASaleAboveTheStock(Case given) {
    var sale = given.sale();
    var above = given.lastRefusal();
    var value =
        switch (given.model()) {
          case COUNTER -> OptionalLong.of(valueOf(sale.at(above)));
          case BOUNDED -> OptionalLong.of(-1);
          case TALLY -> OptionalLong.empty();
        };
    var verdict = given.judge(sale.with(above, new Outcome.Sold(value)));
    var check = failure(verdict, Name.OVERSELL);
    if (given.model() == Model.TALLY) {
      assertThat(check.witness()).isEmpty();
    } else {
      assertThat(buyers(check)).containsExactly(above);
    }
  }

  @ParameterizedTest
  @MethodSource("sales")
  void refusesAHistoryWithAnIdUsedTwice(Case given) {
    var sale = given.sale();
    var copy = sale.at(given.lastSale());
    var verdict =
        given.judge(
            sale.with(
                given.lastSale(),
                new Attempt(
                    sale.at(given.someSale()).id(),
                    copy.timestampMillis(),
                    copy.buyer(),
                    copy.poolWaitNanos(),
                    copy.callNanos(),
                    copy.returnNanos(),
                    copy.outcome())));
    assertThat(failures(verdict)).containsExactly(Name.UNIQUE_ID);
    assertThat(buyers(failure(verdict, Name.UNIQUE_ID)))
        .containsExactlyInAnyOrder(given.someSale(), given.lastSale());
  }

  @ParameterizedTest
  @MethodSource("sales")
  void refusesAHistoryWhereAcknowledgedSalesWereLost(Case given) {
    var half = given.size() / 2;
    var before = given.legal(given.stock(), half);
    var after = given.legal(before.left() + half / 2, given.size() - half);
    var verdict = given.judge(before.then(after));
    assertThat(failures(verdict)).contains(Name.OVERSELL);
    if (given.model() != Model.TALLY) {
      var receipts = receipts(failure(verdict, Name.DUPLICATE_TICKET));
      assertThat(receipts).hasSize(2);
      assertThat(valueOf(receipts.getFirst())).isEqualTo(valueOf(receipts.getLast()));
    }
  }

  @ParameterizedTest
  @MethodSource("sales")
  void refusesAHistoryWhereSomebodyElseTookATicket(Case given) {
    var half = given.size() / 2;
    var before = given.legal(given.stock(), half);
    var after = given.legal(before.left() - 1, given.size() - half);
    var verdict = given.judge(before.then(after));
    assertThat(failures(verdict))
        .containsExactlyInAnyOrder(Name.CONSERVATION, Name.UNDERSELL, Name.FALSE_SOLD_OUT);
    if (given.model() != Model.TALLY) {
      assertThat(buyers(failure(verdict, Name.CONSERVATION))).containsExactly(half - 1, half);
    }
  }

  @ParameterizedTest
  @MethodSource("sales")
  void refusesAHistoryWhereTheKeyVanishedHalfway(Case given) {
    var half = given.size() / 2;
    var before = given.legal(given.stock(), half);
    var verdict = given.judge(before.then(given.legal(0, given.size() - half)));
    assertThat(failures(verdict))
        .containsExactlyInAnyOrder(Name.CONSERVATION, Name.UNDERSELL, Name.FALSE_SOLD_OUT);
  }

  @ParameterizedTest
  @MethodSource("sales")
  void refusesAHistoryWithMoreLeftThanItsRepliesSay(Case given) {
    var sale = given.sale();
    var verdict = given.judge(sale.withLeft(sale.left() + 1));
    var check = failure(verdict, Name.CONSERVATION);
    if (given.model() == Model.COUNTER) {
      assertThat(failures(verdict)).containsExactly(Name.CONSERVATION);
      assertThat(buyers(check)).containsExactly(given.lastRefusal());
    } else {
      assertThat(failures(verdict)).containsExactlyInAnyOrder(Name.CONSERVATION, Name.UNDERSELL);
    }
  }

  @ParameterizedTest
  @MethodSource("sales")
  void refusesAHistoryWithLessLeftThanItsRepliesSay(Case given) {
    var sale = given.sale();
    var verdict = given.judge(sale.withLeft(sale.left() - 1));
    assertThat(failures(verdict)).containsExactly(Name.CONSERVATION);
    if (given.model() == Model.COUNTER) {
      assertThat(buyers(failure(verdict, Name.CONSERVATION))).containsExactly(given.lastRefusal());
    }
  }

  @ParameterizedTest
  @MethodSource("salesWithValues")
  void refusesAHistoryWhereTheLostReplyCameTooLateToFillAHole(Case given) {
    var hole = given.someSale();
    var sale = given.sale().with(hole, lost()).shifted(hole, 100L * given.size());
    var verdict = given.judge(sale);
    assertThat(failures(verdict)).containsExactly(Name.REAL_TIME_ORDER);
    var check = failure(verdict, Name.REAL_TIME_ORDER);
    assertThat(buyers(check)).endsWith(hole);
    assertReturnedBeforeCall(receipts(check));
  }

  @ParameterizedTest
  @MethodSource("sales")
  void refusesAHistoryWhereTheLostReplyCameAfterBuyersWereRefused(Case given) {
    var hole = given.lastSale();
    var verdict = given.judge(given.sale().with(hole, lost()).shifted(hole, 100L * given.size()));
    assertThat(failures(verdict)).containsExactly(Name.FALSE_SOLD_OUT);
    var receipts = receipts(failure(verdict, Name.FALSE_SOLD_OUT));
    assertThat(receipts.getFirst().outcome()).isInstanceOf(Outcome.SoldOut.class);
  }

  private static Outcome lost() {
    return new Outcome.Indeterminate("read timed out");
  }

  private static Set<Name> failures(Verdict verdict) {
    assertThat(verdict.result()).as("%s", verdict).isEqualTo(Result.INVALID);
    return verdict.checks().stream()
        .filter(check -> check.status() == Status.FAIL)
        .map(Check::name)
        .collect(Collectors.toSet());
  }

  private static Check failure(Verdict verdict, Name name) {
    assertThat(failures(verdict)).contains(name);
    return verdict.checks().stream()
        .filter(check -> check.name() == name)
        .findFirst()
        .orElseThrow();
  }

  private static List<Attempt> receipts(Check check) {
    assertThat(check.witness()).as("%s", check).isPresent();
    return check.witness().orElseThrow().attempts();
  }

  private static List<Integer> buyers(Check check) {
    return receipts(check).stream().map(Attempt::buyer).toList();
  }

  private static long valueOf(Attempt attempt) {
    return switch (attempt.outcome()) {
      case Outcome.Sold(var value) -> value.orElseThrow();
      case Outcome.SoldOut(var value) -> value.orElseThrow();
      case Outcome.Failed _, Outcome.Indeterminate _ ->
          throw new AssertionError(attempt + " has no reply");
    };
  }

  private static void assertReturnedBeforeCall(List<Attempt> receipts) {
    assertThat(receipts).hasSize(2);
    assertThat(receipts.getFirst().returnNanos().orElseThrow())
        .isLessThan(receipts.getLast().callNanos());
  }
}
