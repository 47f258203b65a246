package io.github.ticketsim.verify;

import static io.github.ticketsim.verify.Sentence.words;

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
import io.github.ticketsim.verify.Verdict.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
  /** So many items that fail are named. */
  private static final int MOST_ITEMS_NAMED = 10;

  private final History history;
  private final Attempts attempts;
  private final Findings findings;
  private final LimitRules limits;
  private final OrderRules orders;
  private final Purchases purchases;

  /** Why replies make no sense as they were recorded; empty if all do. */
  private final Optional<String> problem;

  /**
   * One item, judged by itself.
   *
   * @param name empty if there is one, which has none
   */
  record Item(String name, History history, Verdict verdict) {
    private boolean failed(Name name) {
      return is(name, Status.FAIL);
    }

    private boolean is(Name name, Status status) {
      return check(name).status() == status;
    }

    private Check check(Name name) {
      return verdict.checks().stream()
          .filter(check -> check.name() == name)
          .findFirst()
          .orElseThrow();
    }

    long failures() {
      return verdict.checks().stream().filter(check -> check.status() == Status.FAIL).count();
    }

    /** Whether nothing but more demand is missing to prove it sound. */
    private boolean unexercised() {
      return verdict.result() == Result.UNKNOWN
          && is(Name.OVERSELL, Status.NOT_EXERCISED)
          && is(Name.CONSERVATION, Status.PASS);
    }
  }

  SaleVerifier(History history) {
    this.history = history;
    var sense = Sense.of(history.run(), history.attempts());
    this.problem = sense.problem();
    this.purchases = Purchases.of(history.run().model(), sense.attempts());
    this.attempts = purchases.attempts();
    this.findings = new Findings(attempts);
    this.limits = new LimitRules(attempts, judgedLimit(), findings);
    this.orders = new OrderRules(history, attempts, findings);
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

  Verdict verify() {
    purchases.describe(findings);
    limits.judge();
    orders.judge();
    var items = items();
    for (var name : Name.values()) {
      if (name.ofStock()) {
        combine(name, items);
      }
    }
    judgeTotal(items);
    judgeIds();
    return verdict(items);
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
    orders.judge();
    return orders.suspects();
  }

  /** Every item with its verdict. */
  List<Item> items() {
    var relevant = IntStream.range(0, attempts.size()).filter(this::saysSomethingOfTheStock);
    var items = history.run().terms().items();
    if (items.isEmpty()) {
      return List.of(item("", history.run().stock(), relevant.toArray()));
    }
    var ranked = Ranking.ascending(relevant.toArray(), attempts::item);
    var parts = new ArrayList<Item>(items.size());
    var ranges = ranges(ranked);
    items.forEach(
        (name, stock) ->
            parts.add(item(name, stock, ranges.getOrDefault(number(name), new int[0]))));
    return parts;
  }

  /** Below all numbers if no attempt asked for it. */
  private int number(String item) {
    var number = attempts.number(item);
    return number == Attempts.NO_NAME ? -1 : number;
  }

  /** The indices by number of the item, as they lie side by side in {@code ranked}. */
  private Map<Integer, int[]> ranges(int[] ranked) {
    var ranges = new HashMap<Integer, int[]>();
    for (var from = 0; from < ranked.length; ) {
      var to = from + 1;
      while (to < ranked.length && attempts.item(ranked[to]) == attempts.item(ranked[from])) {
        to++;
      }
      ranges.put(attempts.item(ranked[from]), Arrays.copyOfRange(ranked, from, to));
      from = to;
    }
    return ranges;
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

  private Item item(String name, long stock, int[] indices) {
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
        new History(
            new Run(
                run.id(),
                run.started(),
                run.strategy(),
                run.brokenOnPurpose(),
                run.model(),
                name.isEmpty() ? run.key() : name,
                stock,
                run.buyers(),
                run.warmUpMillis(),
                run.setup()),
            attempts.some(indices, Map.of()),
            new Ending(
                new Settlement(left, whole.settled(), whole.problem()), ending.stopReason()));
    return new Item(name, part, Verifier.ofOneStock(part));
  }

  /** One check of all items: it fails if it fails for one, and passes if it passes for one. */
  private void combine(Name name, List<Item> items) {
    if (items.size() == 1) {
      findings.add(items.getFirst().check(name));
      return;
    }
    var failed =
        items.stream()
            .filter(item -> item.failed(name))
            .sorted(Comparator.comparingLong(Item::failures).reversed())
            .toList();
    if (!failed.isEmpty()) {
      var worst = failed.getFirst();
      var check = worst.check(name);
      findings.add(
          new Check(
              name,
              Status.FAIL,
              words("item %s: %s%s", worst.name(), check.detail(), others(failed)),
              check.witness()));
      return;
    }
    var passed = items.stream().filter(item -> item.is(name, Status.PASS)).toList();
    if (passed.isEmpty()) {
      findings.notExercised(name, items.getFirst().check(name).detail());
    } else if (passed.size() == 1) {
      var only = passed.getFirst();
      findings.pass(name, words("item %s: %s", only.name(), only.check(name).detail()));
    } else {
      findings.pass(name, words("on %,d of %,d items", passed.size(), items.size()));
    }
  }

  private static String others(List<Item> failed) {
    var named =
        failed.stream()
            .skip(1)
            .limit(MOST_ITEMS_NAMED - 1)
            .map(Item::name)
            .collect(Collectors.joining(", "));
    var more = failed.size() - MOST_ITEMS_NAMED;
    return failed.size() == 1
        ? ""
        : "; so do " + named + (more > 0 ? words(" and %,d more", more) : "");
  }

  /** If only the sum over all items was read, it is what conservation is about. */
  private void judgeTotal(List<Item> items) {
    var settlement = history.ending().settlement();
    if (items.size() == 1 || !history.ending().leftByItem().isEmpty()) {
      if (items.stream().anyMatch(item -> item.is(Name.CONSERVATION, Status.NOT_EXERCISED))
          && items.size() > 1
          && !findings.failed(Name.CONSERVATION)) {
        findings.notExercised(Name.CONSERVATION, "what is left was not read of every item");
      }
      return;
    }
    if (settlement.left().isEmpty() || !settlement.settled()) {
      return;
    }
    var left = settlement.left().getAsLong();
    var taken = history.run().stock() - left;
    var sold =
        items.stream()
            .mapToLong(
                item -> tickets(item, kind -> kind == Outcome.Kind.SOLD || refusalsTake(kind)))
            .sum();
    var unknown =
        items.stream()
            .mapToLong(item -> tickets(item, kind -> kind == Outcome.Kind.INDETERMINATE))
            .sum();
    if (taken < sold || taken > sold + unknown) {
      findings.fail(
          Name.CONSERVATION,
          () ->
              words(
                  "all items together went from %,d to %,d, but the attempts took %s",
                  history.run().stock(),
                  left,
                  unknown == 0
                      ? words("%,d", sold)
                      : words("between %,d and %,d", sold, sold + unknown)));
    } else {
      findings.pass(
          Name.CONSERVATION,
          words(
              "%,d at the start, %,d at the end, of all items together (necessary only)",
              history.run().stock(), left));
    }
  }

  private boolean refusalsTake(Outcome.Kind kind) {
    return history.run().model() == Model.COUNTER && kind.replied();
  }

  private static long tickets(Item item, Predicate<Outcome.Kind> takes) {
    var attempts = item.history().attempts();
    return IntStream.range(0, attempts.size())
        .filter(i -> takes.test(attempts.kind(i)))
        .mapToLong(attempts::quantity)
        .sum();
  }

  private Verdict verdict(List<Item> items) {
    var sold =
        new Verdict.SoldBounds(
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
      return new Verdict(Result.INVALID, findings.checks(), sold, List.copyOf(causes), List.of());
    }
    var advice = advice(items);
    return new Verdict(
        advice.isEmpty() ? Result.VALID : Result.UNKNOWN,
        findings.checks(),
        sold,
        List.of(),
        advice);
  }

  private List<String> advice(List<Item> items) {
    var advice = new LinkedHashSet<String>();
    problem.ifPresent(advice::add);
    var anyProven = items.stream().anyMatch(item -> item.verdict().result() == Result.VALID);
    for (var item : items) {
      if (!(anyProven && item.unexercised()) && !provenTogether(item)) {
        advice.addAll(item.verdict().advice());
      }
    }
    if (judgedLimit().isEmpty() && history.attempts().count(Outcome.Kind.LIMITED) > 0) {
      advice.add(
          words(
              "%,d refused as limited, but %s to judge that by; pass %s",
              history.attempts().count(Outcome.Kind.LIMITED),
              history.run().terms().limit().isEmpty()
                  ? "no limit is stated"
                  : "no customer is told from another",
              history.run().terms().limit().isEmpty() ? "--limit" : "--customers"));
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
