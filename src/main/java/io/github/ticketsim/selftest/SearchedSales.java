package io.github.ticketsim.selftest;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.verify.Judgement.Result;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What must be said of a small sale with customers, items, quantities, keys and orders. A sale that
 * some order explains must not be INVALID. The reverse holds where no rule is called necessary
 * only: without a limit, with one quantity, without orders, and if each item was read.
 */
final class SearchedSales {
  private static final int SMALL = 6;
  private static final int SALES = 1_000;

  private SearchedSales() {}

  static List<HistoryClass> kinds() {
    return List.of(
        new HistoryClass(
            "random sales of up to " + SMALL + " attempts",
            Expected.AS_SEARCHED,
            HistoryClass.ALL,
            List.of(SMALL),
            SALES,
            given -> trial(new RandomSales(given.model(), given.seed()).next())));
  }

  static Trial trial(History sale) {
    var results = EnumSet.allOf(Result.class);
    if (SaleSearch.explains(sale)) {
      results.remove(Result.INVALID);
    } else if (exact(sale)) {
      results.retainAll(EnumSet.of(Result.INVALID));
    }
    return new Trial(sale, Claims.anyResultOf(results));
  }

  private static boolean exact(History sale) {
    return sale.run().terms().limit().isEmpty()
        && sale.ending().orders().isEmpty()
        && (sale.run().terms().items().isEmpty()
            || !sale.ending().leftByItem().isEmpty()
            || !sale.ending().settlement().settled())
        && attempts(sale).map(each -> each.particulars().quantity()).distinct().count() == 1;
  }

  private static Stream<Attempt> attempts(History sale) {
    return IntStream.range(0, sale.attempts().size()).mapToObj(sale.attempts()::get);
  }
}
