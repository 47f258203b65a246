package io.github.ticketsim.verify;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Order;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check.Name;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the shop believes that it sold. Each confirmed sale has one order, and each order one
 * attempt that may have made it. Needs no clock.
 *
 * <p>Sales whose reply named an order are matched by its id. What is left is matched by what all
 * orders tell of customer, item and quantity: orders and attempts that agree in these are
 * interchangeable, so that counting decides whether all can be matched.
 *
 * <p>If all orders were read after the shop was quiet, an attempt of unknown fate that stands in
 * none of them took nothing. Of interchangeable attempts the earliest stand in them, which explains
 * whatever any choice explains.
 */
final class OrderRules {
  private static final int MOST_SUSPECTS = 10;

  private final History history;
  private final Attempts attempts;
  private final Findings findings;
  private final int[] customers;

  /** Indeterminate attempts that took nothing. */
  private final BitSet idle = new BitSet();

  /** Orders too many, the first few. */
  private final List<Order> suspects = new ArrayList<>();

  private boolean withCustomer;
  private boolean withItem;
  private boolean withQuantity;

  /** Whether attempts that agree in what orders tell are the same to a stock. */
  private boolean interchangeable;

  /** What orders and attempts agree in; a part that not all orders tell is empty. */
  private record Alike(Optional<String> customer, Optional<String> item, long quantity) {}

  /** Orders and attempts that could belong to each other. */
  private static final class Match {
    private final List<Order> orders = new ArrayList<>();
    private final List<Integer> sold = new ArrayList<>();
    private final List<Integer> unknown = new ArrayList<>();

    /** Whether a sale of this kind has its order already, by id. */
    private boolean matched;
  }

  OrderRules(History history, Attempts attempts, Findings findings) {
    this.history = history;
    this.attempts = attempts;
    this.findings = findings;
    this.customers = LimitRules.customers(attempts);
  }

  void judge() {
    var complete = history.ending().orders().isPresent();
    if (!complete && history.orders().isEmpty()) {
      return;
    }
    withCustomer = all(order -> order.customer().isPresent()) && customersNamed();
    withItem = all(order -> order.item().isPresent());
    withQuantity = all(order -> order.quantity().isPresent());
    interchangeable =
        (withItem || history.run().terms().items().isEmpty())
            && (withQuantity || attempts.single());
    var matches = match(complete);
    matches.values().forEach(match -> judge(match, complete));
    describe(complete);
  }

  /** Else nobody knows under which name the shop knows the others. */
  private boolean customersNamed() {
    return IntStream.range(0, attempts.size())
        .filter(
            i ->
                attempts.kind(i) == Outcome.Kind.SOLD
                    || attempts.kind(i) == Outcome.Kind.INDETERMINATE)
        .allMatch(i -> attempts.customer(i) != Attempts.NO_NAME);
  }

  private boolean all(Function<Order, Boolean> tells) {
    return history.orders().stream().allMatch(tells::apply);
  }

  /** Matches by id, and gathers the others by what they agree in. */
  private Map<Alike, Match> match(boolean complete) {
    var byId = new LinkedHashMap<String, Order>();
    for (var order : history.orders()) {
      if (byId.putIfAbsent(order.id(), order) != null) {
        suspect(order);
        findings.fail(Name.DOUBLE_ORDER, () -> words("the shop has order %s twice", order.id()));
      }
    }
    var matches = new LinkedHashMap<Alike, Match>();
    for (var i : byCall()) {
      var alike = alike(i);
      var sold = attempts.kind(i) == Outcome.Kind.SOLD;
      var match = matches.computeIfAbsent(alike, _ -> new Match());
      if (!sold || attempts.order(i) == Attempts.NO_NAME) {
        (sold ? match.sold : match.unknown).add(i);
        continue;
      }
      var id = attempts.name(attempts.order(i));
      var order = byId.get(id);
      if (order != null && alike(order).equals(alike)) {
        byId.remove(id);
        match.matched = true;
      } else if (complete) {
        failLost(i, words("was confirmed as order %s, which the shop does not have", id));
      }
    }
    byId.values()
        .forEach(
            order -> matches.computeIfAbsent(alike(order), _ -> new Match()).orders.add(order));
    return matches;
  }

  private int[] byCall() {
    return new Precedence(attempts)
        .sorted(
            attempts.where(
                i ->
                    attempts.kind(i) == Outcome.Kind.SOLD
                        || attempts.kind(i) == Outcome.Kind.INDETERMINATE));
  }

  private Alike alike(int attempt) {
    return new Alike(
        withCustomer ? Optional.of(customer(attempt)) : Optional.empty(),
        withItem ? name(attempts.item(attempt)) : Optional.empty(),
        withQuantity ? attempts.quantity(attempt) : 0);
  }

  private Alike alike(Order order) {
    return new Alike(
        withCustomer ? order.customer() : Optional.empty(),
        withItem && !history.run().terms().items().isEmpty() ? order.item() : Optional.empty(),
        withQuantity ? order.quantity().orElse(1) : 0);
  }

  private Optional<String> name(int number) {
    return number == Attempts.NO_NAME ? Optional.empty() : Optional.of(attempts.name(number));
  }

  private String customer(int attempt) {
    return customers[attempt] > Attempts.NO_NAME
        ? attempts.name(customers[attempt])
        : Integer.toString(attempts.buyer(attempt));
  }

  private void judge(Match match, boolean complete) {
    var surplus = match.orders.size() - match.sold.size();
    if (surplus < 0 && complete) {
      failLost(
          match.sold.getLast(),
          words(
              "was confirmed, but the shop has %s for %s that could be its order",
              counted(match.orders.size(), "order"), counted(match.sold.size(), "sale")));
    }
    if (surplus > match.unknown.size()) {
      var order = match.orders.getLast();
      suspect(order);
      if (match.matched || !match.sold.isEmpty() || !match.unknown.isEmpty()) {
        findings.fail(
            Name.DOUBLE_ORDER,
            () ->
                words(
                    "the shop has order %s%s more often than it was bought",
                    order.id(), whose(order)),
            match.sold.stream().limit(2).mapToInt(Integer::intValue).toArray());
      } else {
        findings.fail(
            Name.GHOST_ORDER,
            () ->
                words(
                    "the shop has order %s%s, which no attempt can have made",
                    order.id(), whose(order)));
      }
    }
    if (complete && (surplus <= 0 || interchangeable)) {
      match.unknown.stream().skip(Math.max(surplus, 0)).forEach(idle::set);
    }
  }

  private void failLost(int attempt, String what) {
    findings.fail(
        Name.LOST_ORDER,
        () -> words("the sale to customer %s %s", customer(attempt), what),
        attempt);
  }

  private static String whose(Order order) {
    return order.customer().map(name -> " of customer " + name).orElse("");
  }

  private void suspect(Order order) {
    if (suspects.size() < MOST_SUSPECTS) {
      suspects.add(order);
    }
  }

  List<Order> suspects() {
    return List.copyOf(suspects);
  }

  /** Orders keep limit and stock as sales do. Comes last, since sales show a failure better. */
  void judgeSums() {
    if (history.orders().isEmpty() && history.ending().orders().isEmpty()) {
      return;
    }
    var terms = history.run().terms();
    if (terms.limit().isPresent() && withCustomer) {
      sums(order -> order.customer().orElse(""))
          .forEach(
              (customer, sum) -> {
                if (sum > terms.limit().getAsLong()) {
                  findings.fail(
                      Name.LIMIT,
                      () ->
                          words(
                              "the shop has orders of customer %s for %s, who may have %,d",
                              customer, counted(sum, "ticket"), terms.limit().getAsLong()));
                }
              });
    }
    var settlement = history.ending().settlement();
    if (terms.items().isEmpty()) {
      var left = settlement.settled() ? settlement.left() : OptionalLong.empty();
      judgeSum("", sums(_ -> "").getOrDefault("", 0L), history.run().stock(), left);
    } else if (withItem) {
      var sums = sums(order -> order.item().orElse(""));
      terms
          .items()
          .forEach(
              (item, stock) -> {
                var left = settlement.settled() ? history.ending().leftByItem().get(item) : null;
                judgeSum(
                    " of item " + item,
                    sums.getOrDefault(item, 0L),
                    stock,
                    left == null ? OptionalLong.empty() : OptionalLong.of(left));
              });
    }
  }

  private void judgeSum(String what, long sum, long stock, OptionalLong left) {
    if (history.ending().orders().isPresent()
        && (withQuantity || attempts.single())
        && left.isPresent()
        && left.getAsLong() >= 0
        && left.getAsLong() <= stock
        && stock - left.getAsLong() != sum) {
      findings.fail(
          Name.CONSERVATION,
          () ->
              words(
                  "the stock%s went from %,d to %,d, but the shop has orders for %,d",
                  what, stock, left.getAsLong(), sum));
    }
    if (sum > Math.max(stock, 0)) {
      findings.fail(
          Name.OVERSELL,
          () ->
              words(
                  "the shop has orders%s for %s, and there were %,d",
                  what, counted(sum, "ticket"), stock));
    }
  }

  private Map<String, Long> sums(Function<Order, String> key) {
    return history.orders().stream()
        .collect(
            Collectors.groupingBy(
                key,
                LinkedHashMap::new,
                Collectors.summingLong(order -> order.quantity().orElse(1))));
  }

  private void describe(boolean complete) {
    var orders = counted(history.orders().size(), "order");
    if (complete) {
      findings.pass(Name.LOST_ORDER, words("%s, one for each confirmed sale", orders));
    } else {
      findings.notExercised(Name.LOST_ORDER, "not all orders were read");
    }
    findings.pass(Name.DOUBLE_ORDER, words("%s, none for a purchase that has another", orders));
    findings.pass(
        Name.GHOST_ORDER, words("%s, each with an attempt that may have made it", orders));
  }

  /** Whether an indeterminate attempt is known to have taken nothing. */
  boolean idle(int attempt) {
    return idle.get(attempt);
  }
}
