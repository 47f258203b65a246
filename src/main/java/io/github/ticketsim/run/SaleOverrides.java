package io.github.ticketsim.run;

import io.github.ticketsim.sale.ReplyRule;
import io.github.ticketsim.sale.ReplyRules;
import io.github.ticketsim.sale.ReplyRules.Meaning;
import io.github.ticketsim.sale.Sale;
import io.github.ticketsim.stock.http.HttpAddress;
import io.github.ticketsim.stock.http.HttpHeader;
import io.github.ticketsim.stock.http.HttpSale.HttpLeft;
import io.github.ticketsim.stock.http.HttpTarget;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What options say of a sale, which wins over its file. What is wrong with it is an {@link
 * IllegalArgumentException} that says where.
 *
 * @param target the shop, if it is behind HTTP
 * @param method of the purchase
 * @param headers of the purchase, beside those of the file
 * @param body of the purchase
 * @param replies what they mean, as far as options say it
 * @param value where a reply carries the counter
 * @param order where a reply carries the order's id
 * @param stockUrl where the shop says what is left
 * @param stockAt JSON pointer into its reply
 */
public record SaleOverrides(
    Optional<HttpAddress> target,
    Optional<HttpTarget.Method> method,
    List<HttpHeader> headers,
    Optional<String> body,
    Map<Meaning, List<ReplyRule>> replies,
    Optional<String> value,
    Optional<String> order,
    Optional<HttpAddress> stockUrl,
    String stockAt) {

  /** What a reply over HTTP says that sold, if nobody says anything else. */
  public static final String SOLD = "/result=true";

  /** What a reply over HTTP says that refused, if nobody says anything else. */
  public static final String SOLD_OUT = "/result=false";

  /** Where the reply to the question for what is left carries it. */
  public static final String LEFT = "/left";

  /** The file says all. */
  public static final SaleOverrides NONE =
      new SaleOverrides(
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          LEFT);

  /** The shop, which one of both names. */
  HttpAddress base(Sale file) {
    return target.orElseGet(
        () -> EndpointPlan.named("--target", () -> HttpAddress.parse(file.target().orElseThrow())));
  }

  /** The purchase as a request. */
  HttpTarget purchase(Sale file, HttpAddress base) {
    if (file.purchase().isEmpty()) {
      return new HttpTarget(base, method.orElse(HttpTarget.Method.POST), headers, body.orElse(""));
    }
    var described = EndpointPlan.request(base, file.purchase().get(), List.of());
    return new HttpTarget(
        described.address(),
        method.orElse(described.method()),
        described.headersAfter(headers),
        body.orElse(described.body()));
  }

  /** Where the options have the shop asked for what is left; empty if they do not. */
  Optional<HttpLeft> left(HttpTarget purchase) {
    return stockUrl.map(
        url -> new HttpLeft(purchase.look(url), stockAt, "check --stock-url and --stock-at"));
  }

  /** What replies over HTTP mean. */
  ReplyRules httpRules(Sale file) {
    var usual =
        Map.of(
            Meaning.SOLD, List.of(ReplyRule.parse(SOLD)),
            Meaning.SOLD_OUT, List.of(ReplyRule.parse(SOLD_OUT)));
    return rules(file, usual, /* redis= */ false);
  }

  /** What replies of a Redis mean. */
  ReplyRules redisRules(Sale file) {
    var rules = rules(file, Map.of(), /* redis= */ true);
    if (rules.rules().getOrDefault(Meaning.SOLD, List.of()).isEmpty()) {
      throw new IllegalArgumentException(
          "nothing says which replies mean that a ticket was sold; pass --sold-if 'reply=1', or"
              + " say replies in the sale file");
    }
    return rules;
  }

  private ReplyRules rules(Sale file, Map<Meaning, List<ReplyRule>> usual, boolean redis) {
    var rules = new EnumMap<Meaning, List<ReplyRule>>(Meaning.class);
    rules.putAll(file.replies().orElse(usual));
    replies.forEach(
        (meaning, some) -> {
          for (var rule : some) {
            EndpointPlan.named(
                meaning.option(),
                () -> {
                  rule.requireFit(redis);
                  return rule;
                });
          }
          rules.put(meaning, some);
        });
    return new ReplyRules(rules, value.or(file::value), file.bounded(), order.or(file::order));
  }
}
