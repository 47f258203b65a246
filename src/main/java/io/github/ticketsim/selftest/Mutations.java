package io.github.ticketsim.selftest;

import static io.github.ticketsim.selftest.HistoryClass.ALL;
import static io.github.ticketsim.selftest.HistoryClass.BOUNDED;
import static io.github.ticketsim.selftest.HistoryClass.COUNTER;
import static io.github.ticketsim.selftest.HistoryClass.STOPPING_AT_ZERO;
import static io.github.ticketsim.selftest.HistoryClass.WITH_VALUES;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Cause;
import io.github.ticketsim.verify.Check.Name;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** Legal sales, each broken in one way that a real stock can break: what replies say. */
final class Mutations {

  private Mutations() {}

  static List<HistoryClass> kinds() {
    return List.of(
        kind("swapped values", WITH_VALUES, Mutations::swapped),
        kind("swapped values of neighbours", WITH_VALUES, Mutations::swappedNeighbours),
        kind("swapped values of refusals", COUNTER, Mutations::swappedRefusals),
        kind("swapped sale and refusal", ALL, Mutations::swappedSaleAndRefusal),
        kind("forged refusal", STOPPING_AT_ZERO, Mutations::forgedRefusal),
        kind("forged refusal with its value", WITH_VALUES, Mutations::forgedRefusalWithValue),
        kind("stale read", WITH_VALUES, Mutations::staleRead),
        kind("lost update", ALL, Mutations::lostUpdate),
        kind("sale above the stock", ALL, Mutations::soldAboveTheStock),
        kind("sale below zero, another unknown", WITH_VALUES, Mutations::soldBelowZero),
        kind("sale too many, another value twice", COUNTER, Mutations::soldBesideARepeat),
        kind("sale out of an empty stock", ALL, Mutations::soldFromNothing),
        kind("lost acknowledged suffix", ALL, Mutations::lostSuffix),
        kind("hidden retry", ALL, Mutations::hiddenRetry),
        kind("key vanished", ALL, Mutations::keyVanished),
        kind("value above the start", WITH_VALUES, Mutations::valueAboveTheStart),
        kind("value below zero in a refusal", BOUNDED, Mutations::refusalBelowZero));
  }

  static HistoryClass kind(String name, Set<Model> models, Function<Case, Trial> maker) {
    return new HistoryClass(name, Expected.INVALID, models, maker);
  }

  /** What a ticket that nobody took breaks where buyers were refused. */
  static Claims withheld() {
    return Claims.invalid().failsOnly(Name.CONSERVATION, Name.UNDERSELL, Name.FALSE_SOLD_OUT);
  }

  /** What one sale too many breaks; where replies carry values, two of them are the same. */
  static Claims oversold(Case given) {
    return given.hasValues()
        ? Claims.invalid().failsOnly(Name.OVERSELL, Name.DUPLICATE_TICKET, Name.CONSERVATION)
        : Claims.invalid()
            .failsOnly(Name.OVERSELL, Name.CONSERVATION)
            .withoutReceipts(Name.OVERSELL);
  }

  static boolean sold(Attempt attempt) {
    return attempt.outcome().kind() == Outcome.Kind.SOLD;
  }

  static boolean refused(Attempt attempt) {
    return attempt.outcome().kind() == Outcome.Kind.SOLD_OUT;
  }

  private static Trial swapped(Case given) {
    var some = given.someSale();
    var last = given.lastSale();
    return given.trial(
        given.sale().swapped(some, last),
        Claims.invalid()
            .failsOnly(Name.REAL_TIME_ORDER)
            .receiptsApart(Name.REAL_TIME_ORDER)
            .receiptsFalling(Name.REAL_TIME_ORDER)
            .anyReceiptOf(Name.REAL_TIME_ORDER, some, last));
  }

  /** One nanosecond lies between the return of one and the call of the next. */
  private static Trial swappedNeighbours(Case given) {
    var some = given.someSale();
    return given.trial(
        LegalSales.inTurn(given).swapped(some, some + 1),
        Claims.invalid()
            .failsOnly(Name.REAL_TIME_ORDER)
            .receiptsOf(Name.REAL_TIME_ORDER, some, some + 1));
  }

  private static Trial swappedRefusals(Case given) {
    return given.trial(
        given.legal(0, given.size()).swapped(0, given.size() - 1),
        Claims.invalid().failsOnly(Name.REAL_TIME_ORDER).receiptsApart(Name.REAL_TIME_ORDER));
  }

  private static Trial swappedSaleAndRefusal(Case given) {
    var sale = given.lastSale();
    return given.trial(
        LegalSales.inTurn(given).swapped(sale, sale + 1),
        Claims.invalid()
            .failsOnly(Name.FALSE_SOLD_OUT)
            .receiptsOf(Name.FALSE_SOLD_OUT, sale, sale + 1));
  }

  private static Trial forgedRefusal(Case given) {
    var forged = given.someSale();
    return given.trial(
        given.sale().with(forged, new Outcome.SoldOut(OptionalLong.empty())),
        Claims.invalid()
            .fails(Name.FALSE_SOLD_OUT)
            .firstReceipt(Name.FALSE_SOLD_OUT, "the forged one", a -> a.buyer() == forged)
            .lastReceipt(Name.FALSE_SOLD_OUT, "a sale", Mutations::sold)
            .receiptsApart(Name.FALSE_SOLD_OUT));
  }

  private static Trial forgedRefusalWithValue(Case given) {
    var forged = given.someSale();
    var value = OptionalLong.of(given.stock() - forged - 1L);
    return given.trial(
        given.sale().with(forged, new Outcome.SoldOut(value)),
        (given.isCounter()
                ? Claims.invalid().failsOnly(Name.FALSE_SOLD_OUT)
                : Claims.invalid().fails(Name.FALSE_SOLD_OUT, Name.CONSERVATION))
            .receiptsOf(Name.FALSE_SOLD_OUT, forged));
  }

  private static Trial staleRead(Case given) {
    var stale = given.someSale() + 1;
    var sale = given.sale().timed(i -> 0, i -> 1);
    return given.trial(
        sale.with(stale, sale.at(stale - 1).outcome()),
        Claims.invalid()
            .failsOnly(
                Name.DUPLICATE_TICKET, Name.CONSERVATION, Name.UNDERSELL, Name.FALSE_SOLD_OUT)
            .receiptsOfBoth(Name.DUPLICATE_TICKET, stale - 1, stale)
            .suspects(Cause.SharedValues.class));
  }

  private static Trial lostUpdate(Case given) {
    var sale = given.brokenOff(given.firstHalf().left() + 1);
    var claims = oversold(given);
    return given.trial(
        sale,
        given.hasValues()
            ? claims.receiptsOfBoth(Name.DUPLICATE_TICKET, given.half() - 1, given.half())
            : claims);
  }

  private static Trial soldAboveTheStock(Case given) {
    var above = given.lastRefusal();
    var sale = given.sale();
    var forged =
        switch (given.model()) {
          case COUNTER -> new Outcome.Sold(OptionalLong.of(sale.left()));
          case BOUNDED -> new Outcome.Sold(OptionalLong.of(-1));
          case TALLY -> new Outcome.Sold(OptionalLong.empty());
        };
    var claims =
        given.isCounter()
            ? Claims.invalid().failsOnly(Name.OVERSELL)
            : Claims.invalid().fails(Name.OVERSELL);
    return given.trial(
        sale.with(above, forged),
        given.hasValues()
            ? claims.receiptsOf(Name.OVERSELL, above)
            : claims.withoutReceipts(Name.OVERSELL));
  }

  /** No more sales than tickets: only its value says that this one is none. */
  private static Trial soldBelowZero(Case given) {
    var above = given.lastRefusal();
    var value = OptionalLong.of(given.isCounter() ? given.sale().left() : -1);
    return given.trial(
        given.sale().with(given.someSale(), SampleSale.LOST).with(above, new Outcome.Sold(value)),
        Claims.invalid().fails(Name.OVERSELL).receiptsOf(Name.OVERSELL, above));
  }

  /** A refusal that repeats the value of a sale is no receipt of the sale too many. */
  private static Trial soldBesideARepeat(Case given) {
    var sale = given.sale();
    var repeat = OptionalLong.of(given.stock() - given.someSale() - 1L);
    return given.trial(
        sale.with(given.lastRefusal(), new Outcome.SoldOut(repeat))
            .plus(0, OptionalLong.of(1), given.sold(given.stock())),
        Claims.invalid()
            .fails(Name.OVERSELL, Name.DUPLICATE_TICKET)
            .receiptsOfBoth(Name.DUPLICATE_TICKET, given.someSale(), given.lastRefusal())
            .withoutReceipts(Name.OVERSELL));
  }

  private static Trial soldFromNothing(Case given) {
    return given.trial(
        given.legal(0, given.size()).with(0, given.sold(-1)),
        Claims.invalid().fails(Name.OVERSELL));
  }

  private static Trial lostSuffix(Case given) {
    var sale = given.brokenOff(given.firstHalf().left() + given.half() / 2);
    var claims = Claims.invalid().fails(Name.OVERSELL, Name.CONSERVATION);
    if (!given.hasValues()) {
      return given.trial(sale, claims);
    }
    claims =
        claims
            .fails(Name.DUPLICATE_TICKET, Name.REAL_TIME_ORDER)
            .receiptsAlike(Name.DUPLICATE_TICKET);
    // Causes are guesses; of a handful of attempts there is not always enough to go by.
    return given.trial(sale, given.isSmall() ? claims : claims.suspects(Cause.SteppedBack.class));
  }

  private static Trial hiddenRetry(Case given) {
    var sale = given.brokenOff(given.firstHalf().left() - 1);
    return given.trial(
        sale,
        given.hasValues()
            ? withheld()
                .receiptsOf(Name.CONSERVATION, given.half() - 1, given.half())
                .suspects(Cause.OtherWriter.class, Cause.WriterOrRetry.class)
            : withheld());
  }

  private static Trial keyVanished(Case given) {
    var sale = given.brokenOff(0);
    return given.trial(
        sale, given.isCounter() ? withheld().suspects(Cause.Vanished.class) : withheld());
  }

  /** The lost attempt may have taken the ticket that this reply leaves untaken. */
  private static Trial valueAboveTheStart(Case given) {
    return given.trial(
        given
            .sale()
            .with(0, given.sold(given.stock()))
            .plus(0, OptionalLong.empty(), SampleSale.LOST),
        Claims.invalid()
            .failsOnly(Name.CONSERVATION)
            .receiptsOf(Name.CONSERVATION, 0)
            .says(Name.CONSERVATION, "only lowers it"));
  }

  private static Trial refusalBelowZero(Case given) {
    return given.trial(
        given
            .sale()
            .with(given.lastRefusal(), new Outcome.SoldOut(OptionalLong.of(-1)))
            .settled(MutationsOfTheEnd.unread()),
        Claims.invalid()
            .failsOnly(Name.CONSERVATION)
            .receiptsOf(Name.CONSERVATION, given.lastRefusal())
            .says(Name.CONSERVATION, "never goes below zero"));
  }
}
