package io.github.ticketsim.selftest;

import io.github.ticketsim.stock.Model;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One kind of made-up history: a legal one, or one way to break it.
 *
 * @param name in words, as reports show it
 * @param expected what must be made of it
 * @param models in which there is such a history
 * @param sizes of its sales
 * @param tries how many of each model and size
 * @param maker makes one
 */
public record HistoryClass(
    String name,
    Expected expected,
    Set<Model> models,
    List<Integer> sizes,
    int tries,
    Function<Case, Trial> maker) {

  /** How many attempts the sales have, where a kind does not say otherwise. */
  public static final List<Integer> SIZES = List.of(10, 200, 2_000);

  private static final int TRIES = 4;

  static final Set<Model> ALL = EnumSet.allOf(Model.class);
  static final Set<Model> WITH_VALUES = EnumSet.of(Model.COUNTER, Model.BOUNDED);
  static final Set<Model> STOPPING_AT_ZERO = EnumSet.of(Model.BOUNDED, Model.TALLY);
  static final Set<Model> COUNTER = EnumSet.of(Model.COUNTER);
  static final Set<Model> BOUNDED = EnumSet.of(Model.BOUNDED);
  static final Set<Model> TALLY = EnumSet.of(Model.TALLY);

  HistoryClass(String name, Expected expected, Set<Model> models, Function<Case, Trial> maker) {
    this(name, expected, models, SIZES, TRIES, maker);
  }

  /** Every kind there is, in the order in which reports show them. */
  public static List<HistoryClass> all() {
    return Stream.of(
            LegalSales.kinds(),
            InconclusiveSales.kinds(),
            MutationsOfReceipts.kinds(),
            Mutations.kinds(),
            MutationsOfTime.kinds(),
            MutationsOfTheEnd.kinds(),
            MalformedSales.kinds(),
            CustomerSales.kinds(),
            ExhaustiveSearch.kinds(),
            SearchedSales.kinds())
        .flatMap(Collection::stream)
        .toList();
  }

  /** The cases of one model, other ones for another {@code seed}. */
  public List<Case> cases(Model model, long seed) {
    var seeds = new SplittableRandom(seed);
    return sizes.stream()
        .flatMap(
            size -> Stream.generate(() -> new Case(model, size, seeds.nextLong())).limit(tries))
        .toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
