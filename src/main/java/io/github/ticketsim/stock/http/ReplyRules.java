package io.github.ticketsim.stock.http;

import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.UnclearReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the replies of a target mean. What no rule speaks of is indeterminate, and so is what rules
 * of two meanings speak of.
 *
 * @param rules any of which may hold; if there is none for {@link Meaning#FAILED}, what {@code
 *     ticket-sim serve} says proves that
 * @param valueAt where each reply carries the counter, if it does
 */
public record ReplyRules(Map<Meaning, List<ReplyRule>> rules, Optional<String> valueAt) {

  /** What a rule can say of a reply. */
  public enum Meaning {
    /** A ticket was sold. */
    SOLD("--sold-if"),
    /** Nothing is left. */
    SOLD_OUT("--sold-out-if"),
    /** The purchase was provably not executed. */
    FAILED("--failed-if");

    private final String option;

    Meaning(String option) {
      this.option = option;
    }

    /** The option that has such rules. */
    public String option() {
      return option;
    }
  }

  private static final int UNAVAILABLE = 503;
  private static final String PROBLEM = "application/problem+json";
  private static final String REASON = "/reason";
  private static final String DETAIL = "/detail";

  /**
   * @throws IllegalArgumentException when {@code valueAt} is no JSON pointer
   */
  public ReplyRules {
    rules = Map.copyOf(rules);
    valueAt = valueAt.map(JsonValues::pointer);
  }

  /** What such replies promise. */
  Model model() {
    return valueAt.isPresent() ? Model.COUNTER : Model.TALLY;
  }

  /** What became of the attempt that {@code reply} answers. */
  Outcome outcome(HttpReply reply) {
    var meanings = meanings(reply);
    if (meanings.size() == 1) {
      return outcome(meanings.getFirst(), reply);
    }
    return meanings.isEmpty() && provenNotExecuted(reply)
        ? failed(reply)
        : new Outcome.Indeterminate(
            new UnclearReply(
                    reply.status(),
                    meanings.stream().map(Meaning::option).toList(),
                    reply.problem(),
                    reply.body().start())
                .words());
  }

  private List<Meaning> meanings(HttpReply reply) {
    var meanings = new ArrayList<Meaning>(Meaning.values().length);
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
  private static boolean speaks(Meaning meaning, ReplyRule rule, HttpReply reply) {
    return rule.holds(reply)
        && (meaning == Meaning.FAILED
            || rule.namesStatus()
            || (!reply.serverFailed() && !reply.turnedAway()));
  }

  /** Whether that is so unless a rule says otherwise. */
  private boolean provenNotExecuted(HttpReply reply) {
    return reply.turnedAway()
        || (rules.getOrDefault(Meaning.FAILED, List.of()).isEmpty()
            && reply.status() == UNAVAILABLE
            && reply.type().equals(PROBLEM)
            && reply.values().containsKey(REASON));
  }

  private Outcome outcome(Meaning meaning, HttpReply reply) {
    if (meaning == Meaning.FAILED) {
      return failed(reply);
    }
    var value =
        valueAt
            .map(pointer -> JsonValues.number(reply.values(), pointer))
            .orElseGet(OptionalLong::empty);
    if (valueAt.isPresent() && value.isEmpty()) {
      return new Outcome.Indeterminate(
          "reply %d has no whole number at %s%s"
              .formatted(reply.status(), valueAt.get(), reply.excuse()));
    }
    return meaning == Meaning.SOLD ? new Outcome.Sold(value) : new Outcome.SoldOut(value);
  }

  private static Outcome failed(HttpReply reply) {
    var values = reply.values();
    var why = values.getOrDefault(DETAIL, values.getOrDefault(REASON, ""));
    return new Outcome.Failed(
        HttpProblem.clip(
            reply.turnedAway()
                ? "refused with 429, too many requests: nothing was executed " + why
                : "refused with %d %s".formatted(reply.status(), why)));
  }
}
