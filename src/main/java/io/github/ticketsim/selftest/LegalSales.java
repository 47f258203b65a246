package io.github.ticketsim.selftest;

import static io.github.ticketsim.selftest.HistoryClass.ALL;
import static io.github.ticketsim.selftest.HistoryClass.TALLY;
import static io.github.ticketsim.selftest.HistoryClass.WITH_VALUES;

import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check.Name;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Sales with which nothing is wrong; a judge that is too strict refuses one of them. */
final class LegalSales {

  private LegalSales() {}

  static List<HistoryClass> kinds() {
    return List.of(
        kind("a calm sale", ALL, c -> c.trial(c.sale(), sound(c))),
        kind("a crowded sale", ALL, LegalSales::crowded),
        kind("one attempt more than tickets", ALL, LegalSales::barelyMoreDemand),
        kind("all at one instant", ALL, LegalSales::atOneInstant),
        kind("one after the other", ALL, LegalSales::oneAfterTheOther),
        kind("each from the instant of the last", ALL, LegalSales::touching),
        kind("swapped sales that touch", WITH_VALUES, LegalSales::touchingSalesSwapped),
        kind("swapped sale and refusal that touch", ALL, LegalSales::touchingRefusalSwapped),
        kind("failed attempts", ALL, LegalSales::failedAttempts),
        kind("a sale's reply lost", ALL, c -> lost(c, c.someSale())),
        kind("the last sale's reply lost", ALL, c -> lost(c, c.lastSale())),
        kind("a refusal's reply lost", ALL, c -> lost(c, c.lastSale() + 1)),
        kind("the last reply lost", ALL, c -> lost(c, c.lastRefusal())),
        kind("two replies lost", ALL, LegalSales::twoLost),
        kind("a lost reply, called at the last moment", WITH_VALUES, LegalSales::lostJustInTime),
        kind("a lost reply, called at a refusal's return", ALL, LegalSales::lostAtTheRefusal),
        kind("a lost attempt that did nothing", ALL, LegalSales::lostInVain),
        kind("a drift below zero", TALLY, LegalSales::drift),
        kind("two ids that are easily confused", ALL, LegalSales::likeIds),
        kind("values that the model does not promise", TALLY, LegalSales::unpromisedValues),
        kind("crowded, with lost replies and failures", ALL, LegalSales::stormy));
  }

  private static HistoryClass kind(String name, Set<Model> models, Function<Case, Trial> maker) {
    return new HistoryClass(name, Expected.VALID, models, maker);
  }

  private static Claims sound(Case given) {
    return Claims.valid().sold(given.stock());
  }

  private static Trial crowded(Case given) {
    var sale = crowd(given);
    return given.trial(sale, sound(given).leavesOpen(given.unexercised()));
  }

  private static SampleSale crowd(Case given) {
    return SampleSale.legal(
        given.model(), given.stock(), SampleSale.Shape.crowded(given.size()), given.random());
  }

  private static Trial barelyMoreDemand(Case given) {
    return given.trial(given.legal(given.stock(), given.stock() + 1), sound(given));
  }

  private static Trial atOneInstant(Case given) {
    var sale = given.sale().with(given.someSale(), SampleSale.LOST).timed(i -> 1, i -> 1);
    return given.trial(sale, sound(given).leavesOpen(given.unexercised()));
  }

  private static Trial oneAfterTheOther(Case given) {
    return given.trial(
        inTurn(given), sound(given).leavesOpen(given.unexercised(Name.REAL_TIME_ORDER)));
  }

  /** No two attempts overlap; one nanosecond lies between each and the next. */
  static SampleSale inTurn(Case given) {
    return given.sale().timed(i -> 10L * i, i -> 10L * i + 9);
  }

  private static Trial touching(Case given) {
    return given.trial(touch(given), sound(given).leavesOpen(given.unexercised()));
  }

  private static SampleSale touch(Case given) {
    return given.sale().timed(i -> 10L * i, i -> 10L * i + 10);
  }

  private static Trial touchingSalesSwapped(Case given) {
    return given.trial(touch(given).swapped(given.someSale(), given.someSale() + 1), sound(given));
  }

  private static Trial touchingRefusalSwapped(Case given) {
    return given.trial(touch(given).swapped(given.lastSale(), given.lastSale() + 1), sound(given));
  }

  /** Were one of them taken for executed, it would overlap all others, and account for a ticket. */
  private static Trial failedAttempts(Case given) {
    var sale =
        inTurn(given)
            .plus(0, OptionalLong.of(given.ages()), SampleSale.FAILED)
            .plus(given.ages(), OptionalLong.of(given.ages()), SampleSale.FAILED)
            .plus(0, OptionalLong.of(0), SampleSale.FAILED);
    return given.trial(sale, sound(given).leavesOpen(given.unexercised(Name.REAL_TIME_ORDER)));
  }

  private static Trial lost(Case given, int index) {
    return given.trial(given.sale().with(index, SampleSale.LOST), sound(given));
  }

  private static Trial twoLost(Case given) {
    var sale =
        inTurn(given)
            .with(given.someSale(), SampleSale.LOST)
            .with(given.lastSale(), SampleSale.LOST);
    return given.trial(sale, sound(given).exercises(Name.REAL_TIME_ORDER));
  }

  /** Called when the next ticket was already sold, but its reply not yet back. */
  private static Trial lostJustInTime(Case given) {
    var lost = given.someSale();
    return given.trial(inTurn(given).with(lost, SampleSale.LOST).shifted(lost, 19), sound(given));
  }

  private static Trial lostAtTheRefusal(Case given) {
    var lost = given.lastSale();
    return given.trial(inTurn(given).with(lost, SampleSale.LOST).shifted(lost, 19), sound(given));
  }

  /** Called before all others, and yet the last to take one: below zero, and not put back. */
  private static Trial drift(Case given) {
    return given.trial(
        given.sale().plus(0, OptionalLong.empty(), SampleSale.LOST).withLeft(-1), sound(given));
  }

  /** Under way for ever, even where somebody wrote down when it was given up. */
  private static Trial lostInVain(Case given) {
    var sale = inTurn(given).plus(-2, OptionalLong.of(-1), SampleSale.LOST);
    return given.trial(sale, sound(given).leavesOpen(given.unexercised()));
  }

  /**
   * The verifier compares ids by {@code high * SPREAD + low} first, so one more in the high half is
   * made good for in the low half.
   */
  private static Trial likeIds(Case given) {
    var spread = 0x9E37_79B9_7F4A_7C15L;
    var id = given.sale().at(given.someSale()).id();
    var like = new UUID(id.getMostSignificantBits() + 1, id.getLeastSignificantBits() - spread);
    return given.trial(given.sale().withId(given.lastSale(), like), sound(given));
  }

  private static Trial unpromisedValues(Case given) {
    var some = given.someSale();
    var sale =
        given
            .sale()
            .with(some, new Outcome.Sold(OptionalLong.of(1)))
            .with(some + 1, new Outcome.Sold(OptionalLong.of(1)))
            .timed(i -> 0, i -> 1);
    return given.trial(sale, sound(given).leavesOpen(given.unexercised()));
  }

  private static Trial stormy(Case given) {
    var sale = crowd(given);
    var random = given.random();
    for (var i = 0; i < given.size() / 10; i++) {
      var call = random.nextInt(10 * given.size());
      sale =
          sale.with(10 * i + random.nextInt(10), SampleSale.LOST)
              .plus(call, OptionalLong.empty(), SampleSale.LOST)
              .plus(call, OptionalLong.of(call + random.nextInt(500)), SampleSale.FAILED);
    }
    return given.trial(sale, sound(given).leavesOpen(given.unexercised()));
  }
}
