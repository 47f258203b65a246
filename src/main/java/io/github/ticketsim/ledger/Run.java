package io.github.ticketsim.ledger;

import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.UUID;

/**
 * The first line of a history: which sale it records.
 *
 * @param id identifies the run
 * @param started when the storm began
 * @param strategy how the stock sold
 * @param brokenOnPurpose whether that strategy is known to be unsound, and there to be caught
 * @param model what its replies promise
 * @param key the stock key
 * @param stock the counter when the storm began
 * @param buyers how many buyers took part
 * @param warmUpMillis attempts that began before this much of the storm was over are judged like
 *     all others, and not measured
 * @param setup how the storm was set up, if known; has no part in the verdict
 * @param terms what is sold, and how much of it to one customer
 * @param division how it is divided; empty if one process made all of it
 */
public record Run(
    UUID id,
    Instant started,
    String strategy,
    boolean brokenOnPurpose,
    Model model,
    String key,
    long stock,
    int buyers,
    long warmUpMillis,
    Optional<Setup> setup,
    Terms terms,
    Optional<Division> division) {

  /** A run that one process made. */
  public Run(
      UUID id,
      Instant started,
      String strategy,
      boolean brokenOnPurpose,
      Model model,
      String key,
      long stock,
      int buyers,
      long warmUpMillis,
      Optional<Setup> setup,
      Terms terms) {
    this(
        id,
        started,
        strategy,
        brokenOnPurpose,
        model,
        key,
        stock,
        buyers,
        warmUpMillis,
        setup,
        terms,
        Optional.empty());
  }

  /** A run that sells one item, has no warm-up and is not broken on purpose. */
  public static Run of(
      UUID id,
      Instant started,
      String strategy,
      Model model,
      String key,
      long stock,
      int buyers,
      Optional<Setup> setup) {
    return new Run(id, started, strategy, false, model, key, stock, buyers, 0, setup, Terms.NONE);
  }

  /** The same with so many buyers. */
  public Run withBuyers(int count) {
    return with(model, key, stock, count, terms, division);
  }

  /** The same, divided so. */
  public Run divided(Division how) {
    return with(model, key, stock, buyers, terms, Optional.of(how));
  }

  /** The same on other terms. */
  public Run on(Terms others) {
    return selling(model, key, stock, others);
  }

  /** The same of another stock, such as a part of this one. */
  public Run selling(Model promised, String name, long tickets, Terms others) {
    return with(promised, name, tickets, buyers, others, division);
  }

  private Run with(
      Model promised,
      String name,
      long tickets,
      int count,
      Terms others,
      Optional<Division> parts) {
    return new Run(
        id,
        started,
        strategy,
        brokenOnPurpose,
        promised,
        name,
        tickets,
        count,
        warmUpMillis,
        setup,
        others,
        parts);
  }

  /** Whether every attempt of this run that ends in {@code kind} has a reply with the counter. */
  public boolean promisesValue(Outcome.Kind kind) {
    return switch (model) {
      case COUNTER -> kind.replied() && kind != Outcome.Kind.LIMITED;
      case BOUNDED -> kind == Outcome.Kind.SOLD;
      case TALLY -> false;
    };
  }

  /**
   * What is sold, and how much of it to one customer.
   *
   * @param limit how many tickets a customer may have, of all items together; empty if any number
   * @param items the stock of each by name; their sum is the stock of the run. Empty if there is
   *     one item, which has no name
   */
  public record Terms(OptionalLong limit, SequencedMap<String, Long> items) {
    /** One item, and no limit. */
    public static final Terms NONE = new Terms(OptionalLong.empty(), Collections.emptySortedMap());

    /** Copies {@code items}, and keeps their order. */
    public Terms {
      items = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(items));
    }

    /** Whether it is {@link #NONE}. */
    boolean areNone() {
      return limit.isEmpty() && items.isEmpty();
    }
  }

  /**
   * The inputs of a storm that explain its figures.
   *
   * @param version of ticket-sim
   * @param server what sold, such as {@code Redis 7.0.15}
   * @param load what was bought, such as {@code 1 purchase a buyer} or {@code 500 a second}
   * @param pool connections in the pool
   * @param timeoutMillis how long a reply was waited for
   * @param seed of all that was left to chance and can be repeated; empty if nothing was
   * @param sameRequest whether nothing that was sent differed from buyer to buyer
   */
  public record Setup(
      String version,
      String server,
      String load,
      int pool,
      long timeoutMillis,
      OptionalLong seed,
      boolean sameRequest) {}
}
