package io.github.ticketsim.sale;

import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.UnclearReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the replies of a shop mean. What no rule speaks of is indeterminate, and so is what rules of
 * two meanings speak of.
 *
 * @param rules any of which may hold; if there is none for {@link Meaning#FAILED}, what {@code
 *     ticket-sim serve} says proves that
 * @param valueAt where each reply carries the counter, if it does
 * @param bounded whether only sales take from that counter, and carry it
 * @param orderAt where a reply carries the id of the order, if it does
 */
public record ReplyRules(
    Map<Meaning, List<ReplyRule>> rules,
    Optional<String> valueAt,
    boolean bounded,
    Optional<String> orderAt) {

  /** What a rule can say of a reply. */
  public enum Meaning {
    /** A ticket was sold. */
    SOLD("sold", "--sold-if"),
    /** Nothing is left. */
    SOLD_OUT("sold_out", "--sold-out-if"),
    /** This customer may have no more. */
    LIMITED("limited", "--limited-if"),
    /** The purchase was provably not executed. */
    FAILED("failed", "--failed-if"),
    /** It is decided later. */
    ACCEPTED("accepted", "accepted");

    private final String key;
    private final String option;

    Meaning(String key, String option) {
      this.key = key;
      this.option = option;
    }

    /** The key of a sale file that has such rules. */
    public String key() {
      return key;
    }

    /** The option that has such rules; the key if there is none. */
    public String option() {
      return option;
    }
  }

  /** What a rule said of a reply. */
  public record Said(Meaning meaning, ReplyRule rule, boolean matches) {}

  private static final int UNAVAILABLE = 503;
  private static final String PROBLEM = "application/problem+json";
  private static final String REASON = "/reason";
  private static final String DETAIL = "/detail";

  /**
   * @throws IllegalArgumentException if {@code valueAt} or {@code orderAt} is no JSON pointer
   */
  public ReplyRules {
    rules = Map.copyOf(rules);
    valueAt = valueAt.map(ReplyRules::place);
    orderAt = orderAt.map(ReplyRules::place);
  }

  /** A JSON pointer; the whole of a reply of Redis is called {@code reply}. */
  private static String place(String text) {
    return text.isEmpty() || text.equals(Condition.REPLY) ? "" : JsonValues.pointer(text);
  }

  /** Rules of replies that carry at most the counter that every purchase takes one from. */
  public ReplyRules(Map<Meaning, List<ReplyRule>> rules, Optional<String> valueAt) {
    this(rules, valueAt, /* bounded= */ false, Optional.empty());
  }

  /** The same that read value and order as these do. */
  public ReplyRules with(Map<Meaning, List<ReplyRule>> others) {
    return new ReplyRules(others, valueAt, bounded, orderAt);
  }

  /** What such replies promise. */
  public Model model() {
    return valueAt.isEmpty() ? Model.TALLY : bounded ? Model.BOUNDED : Model.COUNTER;
  }

  /** A reply that means that, as far as one rule is concerned; empty if there is no rule for it. */
  public Optional<ExampleReply> example(Meaning meaning) {
    return rules.getOrDefault(meaning, List.of()).stream()
        .findFirst()
        .map(rule -> ExampleReply.of(rule, valueAt, orderAt));
  }

  /** Whether {@code reply} says that the purchase is decided later. */
  public boolean accepts(ShopReply reply) {
    return rules.containsKey(Meaning.ACCEPTED) && meanings(reply).equals(List.of(Meaning.ACCEPTED));
  }

  /** What became of the attempt that {@code reply} answers. */
  public Outcome outcome(ShopReply reply) {
    var meanings = meanings(reply);
    if (meanings.size() == 1) {
      return outcome(meanings.getFirst(), reply);
    }
    return meanings.isEmpty() && provenNotExecuted(reply)
        ? failed(reply)
        : unclear(reply, meanings);
  }

  /** What became of an accepted purchase by {@code reply}, which was asked later; empty if open. */
  public Optional<Outcome> result(ShopReply reply) {
    var meanings = meanings(reply);
    if (meanings.isEmpty() || meanings.equals(List.of(Meaning.ACCEPTED))) {
      return Optional.empty();
    }
    return Optional.of(
        meanings.size() == 1 ? outcome(meanings.getFirst(), reply) : unclear(reply, meanings));
  }

  /** The order that {@code reply} names, if it does. */
  public Optional<String> order(ShopReply reply) {
    return orderAt.map(pointer -> reply.values().get(pointer));
  }

  /** What each rule says of {@code reply}. */
  public List<Said> said(ShopReply reply) {
    var said = new ArrayList<Said>();
    for (var meaning : Meaning.values()) {
      for (var rule : rules.getOrDefault(meaning, List.of())) {
        said.add(new Said(meaning, rule, speaks(meaning, rule, reply)));
      }
    }
    return said;
  }

  private static Outcome unclear(ShopReply reply, List<Meaning> meanings) {
    return new Outcome.Indeterminate(
        new UnclearReply(
                reply.status(),
                meanings.stream().map(Meaning::option).toList(),
                reply.problem(),
                reply.start())
            .words());
  }

  private List<Meaning> meanings(ShopReply reply) {
    var meanings = new ArrayList<Meaning>(2);
    for (var meaning : Meaning.values()) {
      for (var rule : rules.getOrDefault(meaning, List.of())) {
        if (speaks(meaning, rule, reply)) {
          meanings.add(meaning);
          break;
        }
      }
    }
    return meanings;
  }

  /**
   * What the body of a 5xx holds may have been written before anything went wrong, and that of a
   * 429 is about requests, not about tickets.
   */
  private static boolean speaks(Meaning meaning, ReplyRule rule, ShopReply reply) {
    return rule.holds(reply)
        && (meaning == Meaning.FAILED
            || rule.namesStatus()
            || (!reply.serverFailed() && !reply.turnedAway()));
  }

  /** Whether that is so unless a rule says otherwise. */
  private boolean provenNotExecuted(ShopReply reply) {
    return reply.turnedAway()
        || (rules.getOrDefault(Meaning.FAILED, List.of()).isEmpty()
            && reply.status() == UNAVAILABLE
            && reply.type().equals(PROBLEM)
            && reply.values().containsKey(REASON));
  }

  private Outcome outcome(Meaning meaning, ShopReply reply) {
    var value =
        valueAt
            .map(pointer -> JsonValues.number(reply.values(), pointer))
            .orElseGet(OptionalLong::empty);
    return switch (meaning) {
      case FAILED -> failed(reply);
      case ACCEPTED ->
          new Outcome.Indeterminate(
              "reply %d: accepted, and nothing says where the result is asked for"
                  .formatted(reply.status()));
      case LIMITED -> new Outcome.Limited(bounded ? OptionalLong.empty() : value);
      case SOLD_OUT ->
          bounded
              ? new Outcome.SoldOut(OptionalLong.empty())
              : valued(value, reply, new Outcome.SoldOut(value));
      case SOLD -> valued(value, reply, new Outcome.Sold(value));
    };
  }

  /** {@code outcome}, unless its reply should carry a value and does not. */
  private Outcome valued(OptionalLong value, ShopReply reply, Outcome outcome) {
    return valueAt.isPresent() && value.isEmpty()
        ? new Outcome.Indeterminate(
            "reply %s has no whole number at %s%s"
                .formatted(
                    reply.status() == 0 ? reply.start() : reply.status(),
                    valueAt.get().isEmpty() ? Condition.REPLY : valueAt.get(),
                    reply.excuse()))
        : outcome;
  }

  private static Outcome failed(ShopReply reply) {
    if (reply.status() == 0) {
      return new Outcome.Failed(OneLine.clip(reply.start()));
    }
    var values = reply.values();
    var why = values.getOrDefault(DETAIL, values.getOrDefault(REASON, ""));
    return new Outcome.Failed(
        OneLine.clip(
            reply.turnedAway()
                ? "refused with 429, too many requests: nothing was executed " + why
                : "refused with %d %s".formatted(reply.status(), why)));
  }
}
