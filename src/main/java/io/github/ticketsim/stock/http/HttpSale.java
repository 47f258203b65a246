package io.github.ticketsim.stock.http;

import io.github.ticketsim.sale.ReplyRules;
import io.github.ticketsim.sale.Values;
import java.util.List;
import java.util.Optional;

/**
 * How a shop behind HTTP sells.
 *
 * @param before what is asked once for each customer ahead of the storm
 * @param purchase that buys
 * @param rules that say what a reply means
 * @param result where the result of an accepted purchase is asked for
 * @param left where the shop says what is left of each item
 * @param orders where the shop says what it sold
 * @param values that requests refer to
 */
public record HttpSale(
    List<HttpStep> before,
    HttpTarget purchase,
    ReplyRules rules,
    Optional<HttpResult> result,
    Optional<HttpLeft> left,
    Optional<HttpOrders> orders,
    Values values) {

  /**
   * Where a shop says what is left.
   *
   * @param at JSON pointer into its reply
   * @param cure what to check if it does not tell
   */
  public record HttpLeft(HttpTarget request, String at, String cure) {}

  /** Copies {@code before}. */
  public HttpSale {
    before = List.copyOf(before);
  }

  /**
   * Makes sure that every value can stand where it should.
   *
   * @return this
   * @throws IllegalArgumentException naming one that cannot
   */
  public HttpSale check() {
    var _ = purchase.request(values);
    result.ifPresent(asked -> asked.request().request(values));
    left.ifPresent(asked -> asked.request().request(values));
    return this;
  }

  /** The same without anything that is asked beside. */
  HttpSale purchaseAlone() {
    return new HttpSale(
        List.of(), purchase, rules, Optional.empty(), Optional.empty(), Optional.empty(), values);
  }

  /** The same that knows these values. */
  public HttpSale with(Values others) {
    return new HttpSale(before, purchase, rules, result, left, orders, others);
  }
}
