package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Order;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Check.Status;
import io.github.ticketsim.verify.Judgement.Result;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Judges a sale with customers, items, quantities, keys or orders.
 *
 * <p>First the attempts of one key are made one. Limit and orders are judged over all of them. Then
 * each item is judged as a stock of its own, which is exact, since linearizability is local
 * (Herlihy and Wing, 1990, theorem 1). What says nothing of the stock is left out of that: a
 * refusal as limited without a value, a refusal as sold out that the limit excuses, and an
 * indeterminate attempt of which the shop's orders prove that it took nothing.
 */
final class SaleVerifier {
  /** The strategy of a sale that a script of the shop's own decides. */
  private static final String SCRIPT = "script";

  private final History history;
  private final Attempts attempts;
  private final Findings findings;
  private final LimitRules limits;
  private final OrderRules orders;
  private final KeyedPurchases purchases;
  private final List<Item> items;

  /** Why replies make no sense as they were recorded; empty if all do. */
  private final Optional<String> problem;

  SaleVerifier(History history) {
    this.history = history;
    var sense = Sense.of(history.run(), history.attempts());
    this.problem = sense.problem();
    this.purchases = KeyedPurchases.of(history.run().model(), sense.attempts());
    this.attempts = purchases.attempts();
    this.findings = new Findings(attempts);
    this.limits = new LimitRules(attempts, judgedLimit(), findings);
    this.orders = new OrderRules(history, attempts, findings);
    purchases.describe(findings);
    limits.judge();
    orders.judge();
    this.items = judgedItems();
  }

  /** None if the shop could not tell one buyer from another, since it was told of no customer. */
  private OptionalLong judgedLimit() {
    var alike = history.run().setup().filter(Run.Setup::sameRequest).isPresent();
    return alike && IntStream.range(0, attempts.size()).allMatch(this::unnamed)
        ? OptionalLong.empty()
        : history.run().terms().limit();
  }

  private boolean unnamed(int attempt) {
    return attempts.customer(attempt) == Attempts.NO_NAME;
  }

  Judgement verify() {
    new ItemFindings(history, items, findings).judge();
    orders.judgeSums();
    judgeIds();
    return verdict();
  }

  /** Attempts of one purchase may share its id. */
  private void judgeIds() {
    var shared = Identities.shared(attempts);
    findings.pass(Name.UNIQUE_ID, Sentence.counted(history.attempts().size(), "id"));
    if (shared.length > 0) {
      findings.fail(Name.UNIQUE_ID, () -> "two purchases carry one id", shared);
    }
  }

  /** The orders that something is wrong with by themselves. */
  List<Order> suspects() {
    return orders.suspects();
  }

  /** Every item with its verdict. */
  List<Item> items() {
    return items;
  }

  private List<Item> judgedItems() {
    var stocks = history.run().terms().items();
    var names = stocks.isEmpty() ? List.of("") : List.copyOf(stocks.keySet());
    var places = places(names);
    var part = new int[attempts.size()];
    for (var i = 0; i < part.length; i++) {
      var item = stocks.isEmpty() ? Attempts.NO_NAME : attempts.item(i);
      part[i] = item < places.length && saysSomethingOfTheStock(i) ? places[item] : -1;
    }
    var parts = attempts.parts(part, names.size());
    return IntStream.range(0, names.size())
        .mapToObj(
            item ->
                item(
                    names.get(item),
                    stocks.getOrDefault(names.get(item), history.run().stock()),
                    parts.get(item)))
        .toList();
  }

  /** By number of a name, where it stands in {@code names}; negative if it does not. */
  private int[] places(List<String> names) {
    var numbers = names.stream().mapToInt(attempts::number).toArray();
    var places = new int[1 + IntStream.of(numbers).max().orElse(0)];
    Arrays.fill(places, -1);
    for (var place = 0; place < numbers.length; place++) {
      places[numbers[place]] = place;
    }
    places[Attempts.NO_NAME] = names.equals(List.of("")) ? 0 : -1;
    return places;
  }

  private boolean saysSomethingOfTheStock(int attempt) {
    return switch (attempts.kind(attempt)) {
      case SOLD, FAILED -> true;
      case SOLD_OUT ->
          !limits.excuses(attempt)
              || (history.run().model() == Model.COUNTER && attempts.hasValue(attempt));
      case LIMITED -> history.run().model() != Model.TALLY && attempts.hasValue(attempt);
      case INDETERMINATE -> !(orders.idle(attempt) && touchedNothing());
    };
  }

  /** Whether an attempt that took no ticket left the counter alone, below zero too. */
  private boolean touchedNothing() {
    var ending = history.ending();
    return switch (history.run().model()) {
      case COUNTER -> false;
      case BOUNDED -> true;
      case TALLY ->
          ending.settlement().left().orElse(0) >= 0
              && (history.run().terms().items().isEmpty()
                  || !ending.leftByItem().isEmpty()
                  || ending.settlement().left().isEmpty())
              && ending.leftByItem().values().stream().allMatch(left -> left >= 0);
    };
  }

  private Item item(String name, long stock, Attempts mine) {
    var run = history.run();
    var ending = history.ending();
    var whole = ending.settlement();
    var left =
        history.run().terms().items().size() <= 1 && ending.leftByItem().isEmpty()
            ? whole.left()
            : ending.leftByItem().containsKey(name)
                ? OptionalLong.of(ending.leftByItem().get(name))
                : OptionalLong.empty();
    var part =
        History.of(
            run.selling(run.model(), name.isEmpty() ? run.key() : name, stock, Run.Terms.NONE),
            mine,
            new Ending(
                new Settlement(left, whole.settled(), whole.problem()), ending.stopReason()));
    return new Item(name, part, Verifier.ofOneStock(part, /* item= */ true));
  }

  private Judgement verdict() {
    var sold =
        new Judgement.SoldBounds(
            items.stream().mapToLong(item -> item.verdict().sold().atLeast()).sum(),
            items.stream().mapToLong(item -> item.verdict().sold().atMost()).sum());
    if (findings.anyFailed()) {
      var causes = new LinkedHashSet<Cause>();
      items.stream()
          .filter(item -> item.verdict().result() == Result.INVALID)
          .sorted(Comparator.comparingLong(Item::failures).reversed())
          .limit(1)
          .forEach(item -> causes.addAll(item.verdict().causes()));
      causes.addAll(Verifier.sameCustomer(history, findings));
      if (findings.failed(Name.FALSE_LIMITED) && everybodyLimited()) {
        causes.add(new Cause.EverybodyLimited(history.run().strategy().equals(SCRIPT)));
      }
      return new Judgement(Result.INVALID, findings.checks(), sold, List.copyOf(causes), List.of());
    }
    var advice = advice();
    return new Judgement(
        advice.isEmpty() ? Result.VALID : Result.UNKNOWN,
        findings.checks(),
        sold,
        List.of(),
        advice);
  }

  /** Whether every attempt was refused as limited, and nothing else says that any was taken. */
  private boolean everybodyLimited() {
    return history.attempts().count(Outcome.Kind.LIMITED) == history.attempts().size()
        && history.orders().isEmpty()
        && !findings.failed(Name.CONSERVATION);
  }

  private List<Advice> advice() {
    var advice = new LinkedHashSet<Advice>();
    problem.map(Advice.Other::new).ifPresent(advice::add);
    var anyProven = items.stream().anyMatch(item -> item.verdict().result() == Result.VALID);
    for (var item : items) {
      if (!(anyProven && item.unexercised()) && !provenTogether(item)) {
        advice.addAll(item.verdict().advice());
      }
    }
    if (judgedLimit().isEmpty() && history.attempts().count(Outcome.Kind.LIMITED) > 0) {
      advice.add(
          history.run().terms().limit().isEmpty() ? Advice.Lack.LIMIT : Advice.Lack.CUSTOMERS);
    }
    return List.copyOf(advice);
  }

  /** Whether an item lacks nothing but its own read, where all items were read together. */
  private boolean provenTogether(Item item) {
    return findings.exercised(Name.CONSERVATION)
        && item.is(Name.CONSERVATION, Status.NOT_EXERCISED)
        && item.is(Name.OVERSELL, Status.PASS)
        && item.verdict().advice().size() == 1;
  }
}
