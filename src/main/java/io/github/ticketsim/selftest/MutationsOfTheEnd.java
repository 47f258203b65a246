package io.github.ticketsim.selftest;

import static io.github.ticketsim.selftest.HistoryClass.ALL;
import static io.github.ticketsim.selftest.HistoryClass.BOUNDED;
import static io.github.ticketsim.selftest.HistoryClass.TALLY;
import static io.github.ticketsim.selftest.HistoryClass.WITH_VALUES;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.verify.Check.Name;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** Legal sales with another counter at the end, or none. */
final class MutationsOfTheEnd {

  private MutationsOfTheEnd() {}

  static List<HistoryClass> kinds() {
    return List.of(
        kind("one more left", ALL, MutationsOfTheEnd::oneMoreLeft),
        kind("one less left", ALL, MutationsOfTheEnd::oneLessLeft),
        kind("one more left, nobody refused", ALL, c -> unrefused(c, 1)),
        kind("one less left, nobody refused", ALL, c -> unrefused(c, -1)),
        kind("a ticket left over", ALL, MutationsOfTheEnd::leftOver),
        kind("a ticket left over, one refused", ALL, MutationsOfTheEnd::leftOverForOne),
        kind("a ticket left over, a reply lost", TALLY, MutationsOfTheEnd::leftOverBesideALoss),
        kind("more left than a reply had seen", WITH_VALUES, MutationsOfTheEnd::steppedUp),
        kind("more left than the only reply had seen", WITH_VALUES, MutationsOfTheEnd::onlyReply),
        kind("more left than there were", ALL, MutationsOfTheEnd::moreThanThereWere),
        kind("less left than nothing", BOUNDED, MutationsOfTheEnd::lessThanNothing),
        kind("a drift too deep", TALLY, MutationsOfTheEnd::driftTooDeep),
        kind("more left of a stock below zero", ALL, MutationsOfTheEnd::roseBelowZero),
        kind("less left of a stock below zero", ALL, MutationsOfTheEnd::fellBelowZero),
        kind("dropped receipt and no counter", ALL, MutationsOfTheEnd::droppedAndUnread),
        kind("dropped lost reply and no counter", ALL, MutationsOfTheEnd::lostAndUnread));
  }

  private static HistoryClass kind(String name, Set<Model> models, Function<Case, Trial> maker) {
    return new HistoryClass(name, Expected.INVALID, models, maker);
  }

  static Settlement unread() {
    return History.cutOff().settlement();
  }

  private static Trial oneMoreLeft(Case given) {
    var sale = given.sale();
    return given.trial(
        sale.withLeft(sale.left() + 1),
        given.isCounter()
            ? Claims.invalid()
                .failsOnly(Name.CONSERVATION)
                .receiptsOf(Name.CONSERVATION, given.lastRefusal())
            : Claims.invalid()
                .failsOnly(Name.CONSERVATION, Name.UNDERSELL)
                .firstReceipt(Name.UNDERSELL, "a refusal", Mutations::refused));
  }

  private static Trial oneLessLeft(Case given) {
    var sale = given.sale();
    var claims = Claims.invalid().failsOnly(Name.CONSERVATION);
    return given.trial(
        sale.withLeft(sale.left() - 1),
        given.isCounter() ? claims.receiptsOf(Name.CONSERVATION, given.lastRefusal()) : claims);
  }

  private static Trial unrefused(Case given, long by) {
    var sale = given.legal(2L * given.size(), given.size());
    return given.trial(
        sale.withLeft(sale.left() + by), Claims.invalid().failsOnly(Name.CONSERVATION));
  }

  private static Trial leftOver(Case given) {
    return given.trial(
        given.sale().withLeft(1),
        Claims.invalid()
            .failsOnly(Name.CONSERVATION, Name.UNDERSELL)
            .says(Name.UNDERSELL, "1 ticket is left")
            .firstReceipt(Name.UNDERSELL, "a refusal", Mutations::refused));
  }

  private static Trial leftOverForOne(Case given) {
    return given.trial(
        given.legal(given.stock(), given.stock() + 1).withLeft(1),
        Claims.invalid().failsOnly(Name.CONSERVATION, Name.UNDERSELL));
  }

  /** The figures agree, if the lost attempt took nothing; but then nobody was to be refused. */
  private static Trial leftOverBesideALoss(Case given) {
    return given.trial(
        given.sale().with(given.someSale(), SampleSale.LOST).withLeft(1),
        Claims.invalid().failsOnly(Name.UNDERSELL));
  }

  /** As many were taken as there are replies, if the lost attempt took nothing. */
  private static Trial steppedUp(Case given) {
    var sale = given.legal(2L * given.size(), given.size());
    var last = given.size() - 1;
    return given.trial(
        sale.with(given.someSale(), SampleSale.LOST).withLeft(sale.left() + 1),
        Claims.invalid()
            .failsOnly(Name.CONSERVATION)
            .receiptsOf(Name.CONSERVATION, last)
            .says(Name.CONSERVATION, "above"));
  }

  private static Trial onlyReply(Case given) {
    return given.trial(
        given.legal(given.stock(), 2).with(0, SampleSale.LOST).withLeft(given.stock() - 1L),
        Claims.invalid().failsOnly(Name.CONSERVATION).receiptsOf(Name.CONSERVATION, 1));
  }

  private static Trial moreThanThereWere(Case given) {
    return given.trial(
        given
            .legal(given.stock(), 0)
            .plus(0, OptionalLong.empty(), SampleSale.LOST)
            .withLeft(given.stock() + 1L),
        Claims.invalid()
            .failsOnly(Name.CONSERVATION)
            .says(Name.CONSERVATION, "only lower the counter"));
  }

  /** The lost attempt could have taken one more, had there been one more to take. */
  private static Trial lessThanNothing(Case given) {
    return given.trial(
        given.sale().plus(0, OptionalLong.empty(), SampleSale.LOST).withLeft(-1),
        Claims.invalid()
            .failsOnly(Name.CONSERVATION)
            .says(Name.CONSERVATION, "never goes below zero"));
  }

  private static Trial driftTooDeep(Case given) {
    return given.trial(
        given.sale().plus(0, OptionalLong.empty(), SampleSale.LOST).withLeft(-2),
        Claims.invalid().failsOnly(Name.CONSERVATION));
  }

  private static Trial roseBelowZero(Case given) {
    var claims = Claims.invalid().failsOnly(Name.CONSERVATION, Name.UNDERSELL);
    return given.trial(
        given.legal(-5, given.size()).withLeft(-4),
        given.isCounter() ? claims : claims.says(Name.UNDERSELL, "1 ticket is left"));
  }

  private static Trial fellBelowZero(Case given) {
    var sale = given.legal(-5, given.size());
    return given.trial(
        sale.withLeft(sale.left() - 1), Claims.invalid().failsOnly(Name.CONSERVATION));
  }

  private static Trial droppedAndUnread(Case given) {
    var claims = Claims.invalid();
    return given.trial(
        given.sale().without(given.someSale()).settled(unread()),
        given.hasValues()
            ? claims.failsOnly(Name.CONSERVATION, Name.UNDERSELL, Name.FALSE_SOLD_OUT)
            : claims.failsOnly(Name.UNDERSELL, Name.FALSE_SOLD_OUT));
  }

  /** Two tickets are missing, and only one attempt could have taken them. */
  private static Trial lostAndUnread(Case given) {
    var claims = Claims.invalid();
    var sale =
        given
            .sale()
            .with(given.someSale(), SampleSale.LOST)
            .without(given.lastSale())
            .settled(unread());
    return given.trial(
        sale,
        given.hasValues()
            ? claims
                .failsOnly(Name.CONSERVATION, Name.UNDERSELL, Name.FALSE_SOLD_OUT)
                .says(Name.CONSERVATION, "only 1 indeterminate")
            : claims.failsOnly(Name.UNDERSELL, Name.FALSE_SOLD_OUT));
  }
}
