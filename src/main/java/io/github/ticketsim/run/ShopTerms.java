package io.github.ticketsim.run;

import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.ledger.ShopAccount;
import io.github.ticketsim.stock.StockUnavailableException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * On which terms a shop sells, and what a history says of them.
 *
 * @param items their names
 * @param stock how many tickets there are of each item; empty to ask what is left
 * @param limit how many tickets a customer may have
 * @param several whether the history tells one item from another
 */
record ShopTerms(List<String> items, OptionalLong stock, OptionalLong limit, boolean several) {

  /**
   * How many tickets there are of each item, which is what the shop has left if it tells.
   *
   * @param shop how errors name it
   * @param left asks the shop; empty if it does not tell, and then {@code stock} is known
   * @throws StockUnavailableException if the shop has not what {@code stock} says
   */
  SequencedMap<String, Long> tickets(
      String shop, Optional<Supplier<SequencedMap<String, Long>>> left) {
    if (left.isEmpty()) {
      var tickets = new LinkedHashMap<String, Long>();
      items.forEach(item -> tickets.put(item, stock.getAsLong()));
      return tickets;
    }
    var told = left.get().get();
    told.forEach(
        (item, tickets) -> {
          if (stock.orElse(tickets) != tickets) {
            throw new StockUnavailableException(
                shop,
                "%d tickets are left%s, but --stock is %d"
                    .formatted(tickets, several ? " of item " + item : "", stock.getAsLong()),
                "leave --stock out, or fill the stock up");
          }
        });
    return told;
  }

  /** How many those are of all items together. */
  static long total(SequencedMap<String, Long> tickets) {
    return tickets.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The same with these terms, and with what the shop said after the storm.
   *
   * @param tickets there were of each item
   */
  History accounted(History history, SequencedMap<String, Long> tickets, ShopAccount said) {
    var ending = history.ending();
    return new History(
        history.run().on(new Run.Terms(limit, several ? tickets : Collections.emptySortedMap())),
        history.attempts(),
        history.faults(),
        said.orders().orElse(List.of()),
        new Ending(
            ending.settlement(),
            ending.stopReason(),
            several ? said.leftByItem() : Collections.emptySortedMap(),
            said.orders().map(list -> OptionalLong.of(list.size())).orElse(OptionalLong.empty())));
  }
}
