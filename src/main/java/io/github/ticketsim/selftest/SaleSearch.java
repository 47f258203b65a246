package io.github.ticketsim.selftest;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Order;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Judges a small sale with customers, items, quantities, keys and orders by trying every order of
 * its purchases that respects real time. It plays the sale as one object, and knows no rule of the
 * verifier's.
 */
public final class SaleSearch {
  private final History history;
  private final Model model;
  private final OptionalLong limit;
  private final List<Want> purchases = new ArrayList<>();
  private final Set<SaleState> seen = new HashSet<>();

  /** Attempts of one key, or one attempt. */
  private record Want(
      Optional<String> customer,
      int buyer,
      String item,
      int quantity,
      long call,
      OptionalLong returned,
      Outcome outcome,
      Optional<String> order) {

    /** The customer that the tickets go to. */
    String holder() {
      return customer.orElse("buyer " + buyer);
    }
  }

  /** How far one order has come; {@code took} has a bit for each purchase that was sold. */
  private record SaleState(int done, int took, Map<String, Long> left, Map<String, Long> held) {}

  private SaleSearch(History history) {
    this.history = history;
    this.model = history.run().model();
    this.limit = history.run().terms().limit();
  }

  /** Whether some order explains {@code history}. */
  public static boolean explains(History history) {
    var search = new SaleSearch(history);
    if (!search.gather()) {
      return false;
    }
    var items = history.run().terms().items();
    var left = new TreeMap<>(items.isEmpty() ? Map.of("", history.run().stock()) : items);
    return search.visit(new SaleState(0, 0, left, new TreeMap<>()));
  }

  /** Makes one purchase of each key; false if one was told different things. */
  private boolean gather() {
    var groups = new LinkedHashMap<String, List<Attempt>>();
    for (var i = 0; i < history.attempts().size(); i++) {
      var attempt = history.attempts().get(i);
      groups
          .computeIfAbsent(
              attempt.particulars().key().orElse("attempt " + i), _ -> new ArrayList<>())
          .add(attempt);
    }
    for (var group : groups.values()) {
      group.removeIf(each -> each.outcome() instanceof Outcome.Failed);
      var replied = group.stream().filter(each -> each.outcome().kind().replied()).toList();
      if (replied.stream().map(this::told).distinct().count() > 1
          || replied.stream()
                  .flatMap(each -> each.particulars().order().stream())
                  .distinct()
                  .count()
              > 1) {
        return false;
      }
      if (!group.isEmpty()) {
        var lead = replied.isEmpty() ? group.getFirst() : replied.getFirst();
        purchases.add(
            new Want(
                lead.particulars().customer(),
                lead.buyer(),
                lead.particulars().item().orElse(""),
                lead.particulars().quantity(),
                group.stream().mapToLong(Attempt::callNanos).min().orElseThrow(),
                replied.stream().flatMapToLong(each -> each.returnNanos().stream()).max(),
                replied.stream().map(Attempt::outcome).distinct().count() > 1
                    ? told(lead)
                    : lead.outcome(),
                lead.particulars().order()));
      }
    }
    return true;
  }

  /** What a reply says to the buyer; of a refusal that took nothing the value does not matter. */
  private Outcome told(Attempt attempt) {
    var outcome = attempt.outcome();
    return model == Model.COUNTER || outcome instanceof Outcome.Sold
        ? outcome
        : outcome.kind().of(OptionalLong.empty(), "");
  }

  private boolean visit(SaleState state) {
    if (!seen.add(state)) {
      return false;
    }
    if (explainsTheEnd(state)) {
      return true;
    }
    for (var next = 0; next < purchases.size(); next++) {
      if (open(state, next) && mayComeNext(state, purchases.get(next))) {
        for (var after : steps(state, next)) {
          if (visit(after)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean open(SaleState state, int purchase) {
    return (state.done() & 1 << purchase) == 0;
  }

  private boolean mayComeNext(SaleState state, Want next) {
    return IntStream.range(0, purchases.size())
        .filter(i -> open(state, i))
        .mapToObj(purchases::get)
        .filter(each -> each.returned().isPresent())
        .noneMatch(each -> each.returned().getAsLong() < next.call());
  }

  /** All that the sale may do with a purchase and its reply allows. */
  private List<SaleState> steps(SaleState state, int index) {
    var purchase = purchases.get(index);
    var outcome = purchase.outcome();
    long counter = state.left().getOrDefault(purchase.item(), 0L);
    var fallen = counter - purchase.quantity();
    var held = state.held().getOrDefault(purchase.holder(), 0L);
    var unknown = outcome instanceof Outcome.Indeterminate;
    var steps = new ArrayList<SaleState>();
    if (limit.isPresent() && held + purchase.quantity() > limit.getAsLong()) {
      var untouched =
          switch (outcome) {
            case Outcome.Limited(var value) ->
                value.isEmpty()
                    || model == Model.TALLY
                    || (model == Model.BOUNDED && value.getAsLong() == counter);
            case Outcome.SoldOut(var value) -> value.isEmpty();
            case Outcome.Sold _, Outcome.Failed _ -> false;
            case Outcome.Indeterminate _ -> true;
          };
      if (untouched) {
        steps.add(after(state, index, counter, false));
      }
      if (model == Model.COUNTER
          && fallen < 0
          && (unknown
              || (!(outcome instanceof Outcome.Sold)
                  && outcome.value().equals(OptionalLong.of(fallen))))) {
        steps.add(after(state, index, fallen, false));
      }
      return steps;
    }
    if (model == Model.TALLY && unknown && counter <= 0) {
      // It took what was not there, and died before it put it back.
      steps.add(after(state, index, fallen, false));
    }
    var sells = fallen >= 0;
    var takes = sells || model == Model.COUNTER;
    var left = takes ? fallen : counter;
    var told = sells ? outcome instanceof Outcome.Sold : outcome instanceof Outcome.SoldOut;
    var value = outcome.value().isEmpty() ? !takes : takes && outcome.value().getAsLong() == left;
    var explained = unknown || (told && (model == Model.TALLY || value));
    if (explained) {
      steps.add(after(state, index, left, sells));
    }
    return steps;
  }

  private SaleState after(SaleState state, int index, long counter, boolean sold) {
    var purchase = purchases.get(index);
    var left = new TreeMap<>(state.left());
    left.put(purchase.item(), counter);
    var held = new TreeMap<>(state.held());
    if (sold) {
      held.merge(purchase.holder(), (long) purchase.quantity(), Long::sum);
    }
    return new SaleState(
        state.done() | 1 << index, sold ? state.took() | 1 << index : state.took(), left, held);
  }

  private boolean explainsTheEnd(SaleState state) {
    var settlement = history.ending().settlement();
    var byItem = history.ending().leftByItem();
    var total = state.left().values().stream().mapToLong(Long::longValue).sum();
    return IntStream.range(0, purchases.size())
            .filter(i -> open(state, i))
            .allMatch(i -> purchases.get(i).outcome() instanceof Outcome.Indeterminate)
        && (!settlement.settled()
            || byItem.isEmpty()
            || byItem.entrySet().stream()
                .allMatch(each -> each.getValue().equals(state.left().get(each.getKey()))))
        && (!settlement.settled()
            || settlement.left().isEmpty()
            || settlement.left().getAsLong() == total)
        && (history.ending().orders().isEmpty() || ordersFit(history.orders(), state.took()));
  }

  /** Whether each of {@code orders} can be that of another purchase, and none is left over. */
  private boolean ordersFit(List<Order> orders, int took) {
    if (orders.isEmpty()) {
      return took == 0;
    }
    var order = orders.getFirst();
    return IntStream.range(0, purchases.size())
        .filter(i -> (took & 1 << i) != 0 && fits(order, purchases.get(i)))
        .anyMatch(i -> ordersFit(orders.subList(1, orders.size()), took & ~(1 << i)));
  }

  private boolean fits(Order order, Want purchase) {
    return (!(purchase.outcome() instanceof Outcome.Sold)
            || purchase.order().map(order.id()::equals).orElse(true))
        && (order.customer().isEmpty()
            || purchase.customer().isEmpty()
            || order.customer().equals(purchase.customer()))
        && order.item().map(purchase.item()::equals).orElse(true)
        && order.quantity().orElse(purchase.quantity()) == purchase.quantity();
  }
}
