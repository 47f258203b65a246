package io.github.ticketsim.selftest;

import static io.github.ticketsim.selftest.HistoryClass.ALL;
import static io.github.ticketsim.selftest.HistoryClass.COUNTER;
import static io.github.ticketsim.selftest.HistoryClass.WITH_VALUES;
import static io.github.ticketsim.selftest.Mutations.kind;
import static io.github.ticketsim.selftest.Mutations.oversold;
import static io.github.ticketsim.selftest.Mutations.withheld;

import io.github.ticketsim.verify.Cause;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Judgement.SoldBounds;
import java.util.List;

/** Legal sales, each with a reply too many or one too few. */
final class MutationsOfReceipts {

  private MutationsOfReceipts() {}

  static List<HistoryClass> kinds() {
    return List.of(
        kind("duplicate receipt", WITH_VALUES, MutationsOfReceipts::soldTwice),
        kind("duplicate receipt under another id", ALL, MutationsOfReceipts::receiptCopied),
        kind("one id used twice", ALL, MutationsOfReceipts::idUsedTwice),
        kind("dropped receipt", ALL, MutationsOfReceipts::dropped),
        kind("dropped receipt, the first", WITH_VALUES, MutationsOfReceipts::droppedFirst),
        kind("dropped receipt, the last sale", WITH_VALUES, MutationsOfReceipts::droppedLastSale),
        kind("dropped receipt, a refusal", COUNTER, MutationsOfReceipts::droppedRefusal),
        kind("dropped receipt, the last refusal", COUNTER, MutationsOfReceipts::droppedLastRefusal),
        kind("dropped receipt, nobody refused", ALL, MutationsOfReceipts::droppedUnrefused),
        kind("dropped receipt, one refused", ALL, MutationsOfReceipts::droppedBeforeOneRefusal),
        kind("dropped receipts, too few lost", ALL, MutationsOfReceipts::droppedMoreThanLost),
        kind(
            "dropped refusal, a sale lost",
            COUNTER,
            MutationsOfReceipts::droppedRefusalBesideALoss));
  }

  private static Trial soldTwice(Case given) {
    var sale = given.sale();
    return given.trial(
        sale.with(given.lastSale(), sale.at(given.someSale()).outcome()),
        Claims.invalid()
            .fails(Name.DUPLICATE_TICKET)
            .receiptsOfBoth(Name.DUPLICATE_TICKET, given.someSale(), given.lastSale()));
  }

  private static Trial receiptCopied(Case given) {
    var sale = given.sale();
    var twice = sale.at(given.someSale());
    var claims = oversold(given);
    return given.trial(
        sale.plus(twice.callNanos(), twice.returnNanos(), twice.outcome()),
        given.hasValues()
            ? claims
                .receiptsOfBoth(Name.DUPLICATE_TICKET, given.someSale(), given.size())
                .says(Name.DUPLICATE_TICKET, "repeat a ticket: 1")
                .receiptsOfBoth(Name.OVERSELL, given.someSale(), given.size())
                .says(Name.CONSERVATION, "replies took one each")
            : claims);
  }

  private static Trial idUsedTwice(Case given) {
    return given.trial(
        given.sale().withId(given.lastSale(), given.sale().at(given.someSale()).id()),
        Claims.invalid()
            .failsOnly(Name.UNIQUE_ID)
            .receiptsOfBoth(Name.UNIQUE_ID, given.someSale(), given.lastSale()));
  }

  private static Trial dropped(Case given) {
    var missing = given.someSale();
    var claims =
        withheld()
            .firstReceipt(Name.FALSE_SOLD_OUT, "a refusal", Mutations::refused)
            .firstReceipt(Name.UNDERSELL, "a refusal", Mutations::refused);
    return given.trial(
        given.sale().without(missing),
        given.hasValues()
            ? claims
                .receiptsOf(Name.CONSERVATION, missing - 1, missing + 1)
                .says(Name.CONSERVATION, "no attempt is indeterminate")
                .suspects(Cause.OtherWriter.class, Cause.WriterOrRetry.class)
            : claims);
  }

  private static Trial droppedFirst(Case given) {
    return given.trial(given.sale().without(0), withheld().receiptsOf(Name.CONSERVATION, 1));
  }

  private static Trial droppedLastSale(Case given) {
    var missing = given.lastSale();
    return given.trial(
        given.sale().without(missing),
        withheld()
            .firstReceipt(Name.CONSERVATION, "the sale before", a -> a.buyer() == missing - 1)
            .lastReceipt(Name.CONSERVATION, "a refusal", Mutations::refused));
  }

  private static Trial droppedRefusal(Case given) {
    var missing = given.lastSale() + 1;
    return given.trial(
        given.sale().without(missing),
        Claims.invalid()
            .failsOnly(Name.CONSERVATION)
            .receiptsOf(Name.CONSERVATION, missing - 1, missing + 1));
  }

  private static Trial droppedLastRefusal(Case given) {
    return given.trial(
        given.sale().without(given.lastRefusal()),
        Claims.invalid()
            .failsOnly(Name.CONSERVATION)
            .receiptsOf(Name.CONSERVATION, given.lastRefusal() - 1));
  }

  private static Trial droppedUnrefused(Case given) {
    var missing = given.someSale();
    var claims = Claims.invalid().failsOnly(Name.CONSERVATION);
    return given.trial(
        given.legal(2L * given.size(), given.size()).without(missing),
        given.hasValues()
            ? claims.receiptsOf(Name.CONSERVATION, missing - 1, missing + 1)
            : claims);
  }

  private static Trial droppedMoreThanLost(Case given) {
    var sale =
        given
            .sale()
            .with(given.someSale(), SampleSale.LOST)
            .without(given.lastSale())
            .without(given.lastSale() - 1);
    return given.trial(
        sale, withheld().sold(new SoldBounds(given.stock() - 3L, given.stock() - 2L)));
  }

  private static Trial droppedBeforeOneRefusal(Case given) {
    return given.trial(
        given.legal(given.stock(), given.stock() + 1).without(given.someSale()), withheld());
  }

  /** As many tickets are unaccounted for as replies were lost, but more was taken than tickets. */
  private static Trial droppedRefusalBesideALoss(Case given) {
    var sale = given.sale().with(given.someSale(), SampleSale.LOST).without(given.lastSale() + 1);
    return given.trial(sale, Claims.invalid().failsOnly(Name.CONSERVATION));
  }
}
