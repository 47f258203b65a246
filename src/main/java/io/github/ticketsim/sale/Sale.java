package io.github.ticketsim.sale;

import io.github.ticketsim.sale.ReplyRules.Meaning;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a sale file says. What it leaves out is empty.
 *
 * @param wants who wants what
 * @param target the shop
 * @param before what is asked once for each customer ahead of the storm
 * @param purchase what buys
 * @param replies what replies mean
 * @param value where a reply carries the counter; the name of a value if the shop is a database
 * @param bounded whether only sales take from that counter
 * @param order where a reply carries the order's id; the name of a value if it is a database
 * @param result where the result of an accepted purchase is asked for
 * @param left where the shop says what is left
 * @param orders where the shop says what it sold
 * @param redis what is sent to a shop that is a Redis, to which no request is sent
 * @param sql what a shop that is a database executes, to which no request is sent
 */
public record Sale(
    Wants wants,
    Optional<String> target,
    List<Step> before,
    Optional<Step> purchase,
    Optional<Map<Meaning, List<ReplyRule>>> replies,
    Optional<String> value,
    boolean bounded,
    Optional<String> order,
    Optional<ResultStep> result,
    Optional<LeftStep> left,
    Optional<OrdersStep> orders,
    Optional<RedisSteps> redis,
    Optional<SqlSteps> sql) {

  /** Says nothing. */
  public static final Sale NONE =
      new Sale(
          Wants.NONE,
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /**
   * Where the result of an accepted purchase is asked for.
   *
   * @param replies what its replies mean; empty if the same as those of the purchase
   */
  public record ResultStep(
      Step step,
      Duration every,
      Duration within,
      Optional<Map<Meaning, List<ReplyRule>>> replies) {}

  /**
   * Where the shop says what is left.
   *
   * @param at JSON pointer into its reply
   */
  public record LeftStep(Step step, String at) {}

  /**
   * Where the shop says what it sold.
   *
   * @param fields where its reply carries what
   */
  public record OrdersStep(Step step, OrderFields fields) {}
}
