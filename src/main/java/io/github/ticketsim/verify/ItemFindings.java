package io.github.ticketsim.verify;

import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Check.Status;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Makes one check of those of all items. */
final class ItemFindings {
  /** So many items that fail are named. */
  private static final int MOST_ITEMS_NAMED = 10;

  private final History history;
  private final List<Item> items;
  private final Findings findings;

  /**
   * @param history of all items
   * @param findings to add to
   */
  ItemFindings(History history, List<Item> items, Findings findings) {
    this.history = history;
    this.items = items;
    this.findings = findings;
  }

  void judge() {
    for (var name : Name.values()) {
      if (name.ofStock()) {
        combine(name);
      }
    }
    judgeTotal();
  }

  /** One check of all items: it fails if it fails for one, and passes if it passes for one. */
  private void combine(Name name) {
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
  private void judgeTotal() {
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
                item -> item.tickets(kind -> kind == Outcome.Kind.SOLD || refusalsTake(kind)))
            .sum();
    var unknown =
        items.stream()
            .mapToLong(item -> item.tickets(kind -> kind == Outcome.Kind.INDETERMINATE))
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
}
