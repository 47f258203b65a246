package io.github.ticketsim.selftest;

import static io.github.ticketsim.selftest.HistoryClass.ALL;
import static io.github.ticketsim.selftest.HistoryClass.COUNTER;
import static io.github.ticketsim.selftest.HistoryClass.WITH_VALUES;

import io.github.ticketsim.stock.Model;
import io.github.ticketsim.verify.Check.Name;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Legal sales of which nothing is changed but when an attempt was made. */
final class MutationsOfTime {

  private MutationsOfTime() {}

  static List<HistoryClass> kinds() {
    return List.of(
        kind("refusal too early", ALL, MutationsOfTime::refusedEarly),
        kind("shifted time, a sale early", WITH_VALUES, MutationsOfTime::soldEarly),
        kind("shifted time, a sale late", ALL, MutationsOfTime::soldLate),
        kind("shifted time, a lost reply late", WITH_VALUES, MutationsOfTime::lostLate),
        kind("shifted time, just too late", WITH_VALUES, MutationsOfTime::lostJustTooLate),
        kind("shifted time, second of two lost", WITH_VALUES, MutationsOfTime::secondLostLate),
        kind("shifted time, two lost replies late", WITH_VALUES, MutationsOfTime::twoLostLate),
        kind("shifted time, a lost reply after refusals", ALL, MutationsOfTime::lostAfterRefusal),
        kind("shifted time, just after a refusal", ALL, MutationsOfTime::lostJustAfterRefusal),
        kind("shifted time, a lost refusal late", COUNTER, MutationsOfTime::lostRefusalLate));
  }

  private static HistoryClass kind(String name, Set<Model> models, Function<Case, Trial> maker) {
    return new HistoryClass(name, Expected.INVALID, models, maker);
  }

  private static Claims outOfOrder() {
    return Claims.invalid().failsOnly(Name.REAL_TIME_ORDER).receiptsApart(Name.REAL_TIME_ORDER);
  }

  private static Claims falseSoldOut() {
    return Claims.invalid()
        .failsOnly(Name.FALSE_SOLD_OUT)
        .firstReceipt(Name.FALSE_SOLD_OUT, "a refusal", Mutations::refused);
  }

  private static Trial refusedEarly(Case given) {
    var early = given.lastRefusal();
    return given.trial(
        given.sale().shifted(early, -given.ages()),
        falseSoldOut()
            .firstReceipt(Name.FALSE_SOLD_OUT, "the early one", a -> a.buyer() == early)
            .lastReceipt(Name.FALSE_SOLD_OUT, "a sale", Mutations::sold)
            .receiptsApart(Name.FALSE_SOLD_OUT));
  }

  private static Trial soldEarly(Case given) {
    var early = given.lastSale();
    return given.trial(
        given.sale().shifted(early, -given.ages()),
        outOfOrder().firstReceipt(Name.REAL_TIME_ORDER, "the early one", a -> a.buyer() == early));
  }

  private static Trial soldLate(Case given) {
    var claims =
        given.hasValues()
            ? Claims.invalid().failsOnly(Name.REAL_TIME_ORDER, Name.FALSE_SOLD_OUT)
            : Claims.invalid().failsOnly(Name.FALSE_SOLD_OUT);
    return given.trial(
        given.sale().shifted(0, given.ages()),
        claims
            .firstReceipt(Name.FALSE_SOLD_OUT, "a refusal", Mutations::refused)
            .lastReceipt(Name.FALSE_SOLD_OUT, "the late sale", a -> a.buyer() == 0)
            .receiptsApart(Name.FALSE_SOLD_OUT));
  }

  private static Trial lostLate(Case given) {
    var late = given.someSale();
    return given.trial(
        given.sale().with(late, SampleSale.LOST).shifted(late, given.ages()),
        outOfOrder().lastReceipt(Name.REAL_TIME_ORDER, "the lost one", a -> a.buyer() == late));
  }

  /** One nanosecond after the reply that carried the next ticket. */
  private static Trial lostJustTooLate(Case given) {
    var late = given.someSale();
    return given.trial(
        LegalSales.inTurn(given).with(late, SampleSale.LOST).shifted(late, 20),
        outOfOrder().receiptsOf(Name.REAL_TIME_ORDER, late + 1, late));
  }

  private static Trial secondLostLate(Case given) {
    var late = given.someSale() + 1;
    return given.trial(
        LegalSales.inTurn(given)
            .with(late - 1, SampleSale.LOST)
            .with(late, SampleSale.LOST)
            .shifted(late, 20),
        outOfOrder()
            .receiptsOf(Name.REAL_TIME_ORDER, late + 1, late)
            .says(
                Name.REAL_TIME_ORDER, String.format(Locale.ROOT, "ticket %,d is held", late + 1)));
  }

  /** Only the first ticket is told of; those behind it may owe their fault to it. */
  private static Trial twoLostLate(Case given) {
    var late = given.someSale();
    return given.trial(
        given
            .sale()
            .with(late, SampleSale.LOST)
            .shifted(late, given.ages())
            .with(given.lastSale(), SampleSale.LOST)
            .shifted(given.lastSale(), given.ages()),
        outOfOrder()
            .says(
                Name.REAL_TIME_ORDER, String.format(Locale.ROOT, "ticket %,d is held", late + 1)));
  }

  private static Trial lostAfterRefusal(Case given) {
    var late = given.lastSale();
    return given.trial(
        given.sale().with(late, SampleSale.LOST).shifted(late, given.ages()), falseSoldOut());
  }

  private static Trial lostJustAfterRefusal(Case given) {
    var late = given.lastSale();
    return given.trial(
        LegalSales.inTurn(given).with(late, SampleSale.LOST).shifted(late, 20), falseSoldOut());
  }

  /** Below zero there is no ticket that could have been withheld. */
  private static Trial lostRefusalLate(Case given) {
    var late = given.lastSale() + 1;
    return given.trial(
        given.sale().with(late, SampleSale.LOST).shifted(late, given.ages()),
        outOfOrder().lastReceipt(Name.REAL_TIME_ORDER, "the lost one", a -> a.buyer() == late));
  }
}
