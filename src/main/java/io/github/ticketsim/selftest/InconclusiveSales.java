package io.github.ticketsim.selftest;

import static io.github.ticketsim.selftest.HistoryClass.ALL;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Judgement.SoldBounds;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** Sales that break nothing and prove too little; a judge that is too kind finds them valid. */
final class InconclusiveSales {

  private InconclusiveSales() {}

  static List<HistoryClass> kinds() {
    return List.of(
        kind("fewer attempts than tickets", c -> littleDemand(c, 2L * c.size())),
        kind("as many attempts as tickets", c -> littleDemand(c, c.size())),
        kind("fewer attempts, some replies lost", InconclusiveSales::littleDemandWithLoss),
        kind("fewer attempts and a moving counter", InconclusiveSales::littleDemandUnsettled),
        kind("every refusal's reply lost", InconclusiveSales::refusalsLost),
        kind("demand only by failed attempts", InconclusiveSales::refusalsFailed),
        kind("no stock", c -> nothingToSell(c, 0)),
        kind("a stock below zero", c -> nothingToSell(c, -5)),
        kind("no stock and no reply", InconclusiveSales::nothingAtAll),
        kind("no attempts", InconclusiveSales::nobodyCame),
        kind("every attempt failed", InconclusiveSales::everyAttemptFailed),
        kind("the only attempt failed", InconclusiveSales::onlyAttemptFailed),
        kind("the counter still moving", InconclusiveSales::unsettled),
        kind("the counter unreadable", InconclusiveSales::unreadable),
        kind("a counter that was never read", InconclusiveSales::unread),
        kind("a record that was cut off", InconclusiveSales::cutOff),
        kind("a lost reply and a moving counter", InconclusiveSales::unsettledWithLoss),
        kind("a lost reply, one refused, moving counter", InconclusiveSales::oneRefused),
        kind("last replies lost and a moving counter", InconclusiveSales::boundsOfSold));
  }

  private static HistoryClass kind(String name, Function<Case, Trial> maker) {
    return new HistoryClass(name, Expected.UNKNOWN, ALL, maker);
  }

  private static SampleSale crowd(Case given, long stock) {
    return SampleSale.legal(
        given.model(), stock, SampleSale.Shape.crowded(given.size()), given.random());
  }

  private static Trial littleDemand(Case given, long stock) {
    return given.trial(
        crowd(given, stock),
        Claims.unknown()
            .sold(given.size())
            .leavesOpen(given.unexercised(Name.OVERSELL, Name.UNDERSELL, Name.FALSE_SOLD_OUT))
            .advisesOnly("--threads"));
  }

  private static Trial littleDemandWithLoss(Case given) {
    var sale =
        crowd(given, 2L * given.size())
            .with(0, SampleSale.LOST)
            .with(given.size() - 1, SampleSale.LOST);
    return given.trial(sale, Claims.unknown().sold(given.size()).advisesOnly("--threads"));
  }

  private static Trial littleDemandUnsettled(Case given) {
    return given.trial(
        crowd(given, 2L * given.size()).settled(History.cutOff().settlement()),
        Claims.unknown().sold(given.size()).advises("--threads").advises("cut off"));
  }

  private static Trial refusalsLost(Case given) {
    var sale = given.sale();
    for (var i = given.lastSale() + 1; i < given.size(); i++) {
      sale = sale.with(i, SampleSale.LOST);
    }
    return given.trial(sale, Claims.unknown().sold(given.stock()).advisesOnly("--timeout"));
  }

  private static Trial refusalsFailed(Case given) {
    var sale = given.legal(given.stock(), given.stock());
    return given.trial(
        sale.plus(0, OptionalLong.of(given.ages()), SampleSale.FAILED),
        Claims.unknown().sold(given.stock()).advisesOnly("--timeout"));
  }

  private static Trial nothingToSell(Case given, long stock) {
    return given.trial(
        crowd(given, stock),
        Claims.unknown()
            .sold(0)
            .leavesOpen(given.isCounter() ? Set.of() : Set.of(Name.DUPLICATE_TICKET))
            .advisesOnly("no sale"));
  }

  private static Trial nothingAtAll(Case given) {
    var sale = given.legal(0, 0).plus(0, OptionalLong.empty(), SampleSale.LOST);
    return given.trial(sale, Claims.unknown().sold(0).advisesOnly("no sale"));
  }

  private static Trial nobodyCame(Case given) {
    return given.trial(
        given.legal(given.stock(), 0),
        Claims.unknown()
            .sold(0)
            .leavesOpen(
                given.unexercised(
                    Name.OVERSELL,
                    Name.DUPLICATE_TICKET,
                    Name.UNDERSELL,
                    Name.FALSE_SOLD_OUT,
                    Name.REAL_TIME_ORDER))
            .advises("no sale")
            .advises("--threads"));
  }

  private static Trial everyAttemptFailed(Case given) {
    var sale = given.legal(given.stock(), 0);
    for (var i = 0; i < given.size(); i++) {
      sale = sale.plus(i, OptionalLong.of(i), SampleSale.FAILED);
    }
    return given.trial(sale, Claims.unknown().sold(0).advisesOnly("every attempt failed"));
  }

  private static Trial onlyAttemptFailed(Case given) {
    return given.trial(
        given.legal(given.stock(), 0).plus(0, OptionalLong.of(1), SampleSale.FAILED),
        Claims.unknown().sold(0).advisesOnly("every attempt failed"));
  }

  /** What was read meanwhile proves nothing, however wrong it looks. */
  private static Trial unsettled(Case given) {
    var nonsense = OptionalLong.of(given.stock() + 1L);
    return unknown(given, Settlement.unsettled(nonsense, "still moving"), "still moving");
  }

  private static Trial unreadable(Case given) {
    return unknown(
        given,
        new Settlement(OptionalLong.empty(), true, Optional.of("the key is gone")),
        "the key is gone");
  }

  private static Trial unread(Case given) {
    return unknown(given, new Settlement(OptionalLong.empty(), true, Optional.empty()), "not read");
  }

  private static Trial cutOff(Case given) {
    return unknown(given, History.cutOff().settlement(), "cut off");
  }

  private static Trial unknown(Case given, Settlement settlement, String why) {
    return given.trial(
        crowd(given, given.stock()).settled(settlement),
        Claims.unknown()
            .sold(given.stock())
            .leavesOpen(given.unexercised(Name.CONSERVATION))
            .says(Name.CONSERVATION, why)
            .advisesOnly(why));
  }

  /** Buyers were refused, so all tickets are gone, one of them to the lost attempt. */
  private static Trial unsettledWithLoss(Case given) {
    var sale =
        given
            .sale()
            .with(given.someSale(), SampleSale.LOST)
            .plus(0, OptionalLong.empty(), SampleSale.LOST)
            .settled(History.cutOff().settlement());
    return given.trial(sale, Claims.unknown().sold(given.stock()));
  }

  private static Trial oneRefused(Case given) {
    var sale =
        given
            .legal(given.stock(), given.stock() + 1)
            .with(given.someSale(), SampleSale.LOST)
            .settled(History.cutOff().settlement());
    return given.trial(sale, Claims.unknown().sold(given.stock()));
  }

  /** The last sale and the only refusal may both have been anything. */
  private static Trial boundsOfSold(Case given) {
    var stock = given.size() - 1;
    var sale =
        given
            .legal(stock, given.size())
            .with(given.size() - 2, SampleSale.LOST)
            .with(given.size() - 1, SampleSale.LOST)
            .settled(History.cutOff().settlement());
    return given.trial(
        sale,
        Claims.unknown()
            .sold(new SoldBounds(stock - 1L, stock))
            .leavesOpen(
                given.unexercised(
                    Name.OVERSELL, Name.UNDERSELL, Name.FALSE_SOLD_OUT, Name.CONSERVATION)));
  }
}
