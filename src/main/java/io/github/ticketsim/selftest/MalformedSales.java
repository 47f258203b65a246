package io.github.ticketsim.selftest;

import static io.github.ticketsim.selftest.HistoryClass.ALL;
import static io.github.ticketsim.selftest.HistoryClass.COUNTER;
import static io.github.ticketsim.selftest.HistoryClass.WITH_VALUES;

import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** Histories that make no sense in their model, and of which nothing must be concluded. */
final class MalformedSales {

  private MalformedSales() {}

  static List<HistoryClass> kinds() {
    return List.of(
        kind("a reply without its return", ALL, c -> returned(c, 0, OptionalLong.empty())),
        kind("a reply before its call", ALL, c -> returned(c, 5, OptionalLong.of(4))),
        kind(
            "a sale without its value",
            WITH_VALUES,
            c -> valueless(c, c.someSale(), new Outcome.Sold(OptionalLong.empty()))),
        kind(
            "a refusal without its value",
            COUNTER,
            c -> valueless(c, c.lastRefusal(), new Outcome.SoldOut(OptionalLong.empty()))));
  }

  private static HistoryClass kind(String name, Set<Model> models, Function<Case, Trial> maker) {
    return new HistoryClass(name, Expected.MALFORMED, models, maker);
  }

  private static Trial returned(Case given, long call, OptionalLong returned) {
    return given.trial(
        given.sale().plus(call, returned, given.refused(-1)), senseless("no return"));
  }

  private static Claims senseless(String reason) {
    return Claims.unknown().advises("makes no sense").advises(reason);
  }

  private static Trial valueless(Case given, int index, Outcome outcome) {
    return given.trial(given.sale().with(index, outcome), senseless("no value"));
  }
}
