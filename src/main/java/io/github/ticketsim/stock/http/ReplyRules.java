package io.github.ticketsim.stock.http;

import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the replies of a target mean. What no rule speaks of is indeterminate.
 *
 * @param failedIf any of these means that the purchase was provably not executed; where there is
 *     none, only what {@code ticket-sim serve} says does
 * @param valueAt where each reply carries the counter, if it does
 */
public record ReplyRules(
    Condition soldIf, Condition soldOutIf, List<Condition> failedIf, Optional<String> valueAt) {

  private static final int UNAVAILABLE = 503;
  private static final String PROBLEM = "application/problem+json";
  private static final String REASON = "/reason";
  private static final String DETAIL = "/detail";

  /**
   * @throws IllegalArgumentException when {@code valueAt} is no JSON pointer
   */
  public ReplyRules {
    valueAt = valueAt.map(JsonValues::pointer);
  }

  /** What such replies promise. */
  Model model() {
    return valueAt.isPresent() ? Model.COUNTER : Model.TALLY;
  }

  /** What became of the attempt that {@code reply} answers. */
  Outcome outcome(Reply reply) {
    if (failed(reply)) {
      return new Outcome.Failed(
          Problem.clip(
              "refused with %d %s".formatted(reply.status(), why(reply.values())).strip()));
    }
    var sold = says(soldIf, reply);
    var soldOut = says(soldOutIf, reply);
    if (sold == soldOut) {
      return new Outcome.Indeterminate(
          "reply %d says %s sold %s sold out"
              .formatted(reply.status(), sold ? "both" : "neither", sold ? "and" : "nor"));
    }
    var value =
        valueAt
            .map(pointer -> JsonValues.number(reply.values(), pointer))
            .orElseGet(OptionalLong::empty);
    if (valueAt.isPresent() && value.isEmpty()) {
      return new Outcome.Indeterminate(
          "reply %d has no whole number at %s".formatted(reply.status(), valueAt.get()));
    }
    return sold ? new Outcome.Sold(value) : new Outcome.SoldOut(value);
  }

  private boolean failed(Reply reply) {
    return failedIf.isEmpty()
        ? reply.status() == UNAVAILABLE
            && reply.type().equals(PROBLEM)
            && reply.values().containsKey(REASON)
        : failedIf.stream().anyMatch(condition -> holds(condition, reply));
  }

  /** What the body of a 5xx holds may have been written before anything went wrong. */
  private static boolean says(Condition condition, Reply reply) {
    return holds(condition, reply)
        && (condition instanceof Condition.Status || !reply.serverFailed());
  }

  private static boolean holds(Condition condition, Reply reply) {
    return switch (condition) {
      case Condition.Status(var status) -> reply.status() == status;
      case Condition.Value(var pointer, var text) -> text.equals(reply.values().get(pointer));
    };
  }

  private static String why(Map<String, String> values) {
    return values.getOrDefault(DETAIL, values.getOrDefault(REASON, ""));
  }
}
