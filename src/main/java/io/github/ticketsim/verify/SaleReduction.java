package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Order;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Judgement.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds a small part of an invalid sale with customers, items, quantities, keys or orders.
 *
 * <p>If an item is broken, the part is about that item alone: an item is judged without the others,
 * so nothing is wrong with it unless it is wrong with the whole. If limit, keys or orders are
 * broken, the part is what is known of one customer, key or order. All its sales are given tickets
 * and no value, so that nothing else can be wrong with it: these rules ask neither for the stock
 * nor for values.
 */
final class SaleReduction {
  private static final Comparator<Candidate> WORTH =
      Comparator.comparing(Candidate::isSmall)
          .thenComparingInt(part -> part.isSmall() ? part.failures() : -part.size());

  private final History history;
  private final Judgement verdict;
  private final Set<Name> failed;
  private final SaleVerifier judged;

  /**
   * A part of the sale that is invalid.
   *
   * @param failures how many checks it fails
   */
  private record Candidate(History history, int failures) {
    int size() {
      return history.attempts().size();
    }

    boolean isSmall() {
      return size() <= Reduction.MOST_ATTEMPTS;
    }
  }

  SaleReduction(History history, Judgement verdict) {
    this.history = history;
    this.verdict = verdict;
    this.failed = Reduction.failed(verdict);
    this.judged = new SaleVerifier(history);
  }

  /**
   * Of the parts with few attempts the first that fails most of the checks which the whole fails;
   * if none has so few, the one with the fewest. It fails no other check.
   */
  Optional<History> smallest() {
    Candidate best = null;
    for (var part : (Iterable<History>) candidates()::iterator) {
      var again = Verifier.verify(part);
      var names = Reduction.failed(again);
      var candidate = new Candidate(part, names.size());
      if (again.result() == Result.INVALID
          && failed.containsAll(names)
          && (best == null || WORTH.compare(candidate, best) > 0)) {
        best = candidate;
      }
    }
    return Optional.ofNullable(best).map(Candidate::history);
  }

  private Stream<History> candidates() {
    return Stream.of(items(), ofCustomers(), ofKeys(), ofOrders(), Stream.of(history))
        .flatMap(each -> each);
  }

  /** The broken items, the one with the most failures first, each as small as it can be. */
  private Stream<History> items() {
    return judged.items().stream()
        .filter(item -> item.verdict().result() == Result.INVALID)
        .sorted((a, b) -> Long.compare(b.failures(), a.failures()))
        .limit(1)
        .map(
            item ->
                item.history().attempts().single()
                    ? Reduction.ofOneStock(item.history(), item.verdict())
                    : item.history());
  }

  private Stream<History> ofCustomers() {
    return witnesses(EnumSet.of(Name.LIMIT, Name.FALSE_LIMITED))
        .map(LimitRules::customerOf)
        .distinct()
        .map(
            customer ->
                part(
                    attempt -> LimitRules.customerOf(attempt).equals(customer),
                    order -> false,
                    /* withOrders= */ false));
  }

  private Stream<History> ofKeys() {
    return witnesses(EnumSet.of(Name.IDEMPOTENCY))
        .map(attempt -> attempt.particulars().key())
        .distinct()
        .map(
            key ->
                part(
                    attempt -> attempt.particulars().key().equals(key),
                    order -> false,
                    /* withOrders= */ false));
  }

  /** All that is known of one customer, or of one order that names none. */
  private Stream<History> ofOrders() {
    var customers = new LinkedHashSet<String>();
    witnesses(EnumSet.of(Name.LOST_ORDER, Name.DOUBLE_ORDER, Name.LIMIT))
        .map(LimitRules::customerOf)
        .forEach(customers::add);
    judged.suspects().forEach(order -> order.customer().ifPresent(customers::add));
    return Stream.concat(
        customers.stream()
            .map(
                customer ->
                    part(
                        attempt -> LimitRules.customerOf(attempt).equals(customer),
                        order -> order.customer().map(customer::equals).orElse(false),
                        /* withOrders= */ true)),
        judged.suspects().stream()
            .map(
                suspect ->
                    part(
                        attempt ->
                            attempt.particulars().order().map(suspect.id()::equals).orElse(false),
                        order -> order.id().equals(suspect.id()),
                        /* withOrders= */ true)));
  }

  private Stream<Attempt> witnesses(Set<Name> names) {
    return verdict.checks().stream()
        .filter(check -> names.contains(check.name()) && failed.contains(check.name()))
        .flatMap(check -> check.witness().stream())
        .flatMap(witness -> witness.attempts().stream());
  }

  private History part(Predicate<Attempt> keeps, Predicate<Order> keepsOrder, boolean withOrders) {
    var kept = new ArrayList<Attempt>();
    IntStream.range(0, history.attempts().size())
        .mapToObj(history.attempts()::get)
        .filter(keeps)
        .map(SaleReduction::withoutValue)
        .filter(attempt -> !(attempt.outcome() instanceof Outcome.SoldOut))
        .forEach(kept::add);
    var items = new LinkedHashMap<String, Long>();
    var stock = 0L;
    for (var attempt : kept) {
      var quantity = (long) attempt.particulars().quantity();
      stock += quantity;
      attempt.particulars().item().ifPresent(item -> items.merge(item, quantity, Long::sum));
    }
    var orders =
        withOrders ? history.orders().stream().filter(keepsOrder).toList() : List.<Order>of();
    for (var order : orders) {
      var quantity = (long) order.quantity().orElse(1);
      stock += quantity;
      order.item().ifPresent(item -> items.merge(item, quantity, Long::sum));
    }
    var run = history.run();
    return new History(
        run.selling(Model.TALLY, run.key(), stock, new Run.Terms(run.terms().limit(), items)),
        Attempts.of(kept),
        List.of(),
        orders,
        new Ending(
            Settlement.unsettled(OptionalLong.empty(), "what was left is no part of this witness"),
            Ending.StopReason.NONE,
            Map.of(),
            withOrders && history.ending().orders().isPresent()
                ? OptionalLong.of(orders.size())
                : OptionalLong.empty()));
  }

  private static Attempt withoutValue(Attempt attempt) {
    var outcome = attempt.outcome();
    return attempt.with(outcome.kind().of(OptionalLong.empty(), outcome.error()));
  }
}
