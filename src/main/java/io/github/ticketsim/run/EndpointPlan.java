package io.github.ticketsim.run;

import io.github.ticketsim.sale.Sale;
import io.github.ticketsim.sale.Step;
import io.github.ticketsim.sale.Values;
import io.github.ticketsim.sale.Wants;
import io.github.ticketsim.stock.http.HttpAddress;
import io.github.ticketsim.stock.http.HttpHeader;
import io.github.ticketsim.stock.http.HttpOrders;
import io.github.ticketsim.stock.http.HttpResult;
import io.github.ticketsim.stock.http.HttpSale;
import io.github.ticketsim.stock.http.HttpSale.HttpLeft;
import io.github.ticketsim.stock.http.HttpStep;
import io.github.ticketsim.stock.http.HttpTarget;
import io.github.ticketsim.storm.Load;
import io.github.ticketsim.storm.PurchasePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes of what options and file say together a sale that a storm can begin with. What is wrong
 * with it is an {@link IllegalArgumentException} that says where.
 */
public final class EndpointPlan {
  private final Sale file;
  private final SaleOverrides options;
  private final HttpAddress base;
  private final HttpTarget purchase;
  private final BuyerPlan buyers;
  private final LinkedHashSet<String> columns = new LinkedHashSet<>();

  /**
   * @param options which win over {@code file}
   * @param wants as both say it
   */
  public EndpointPlan(Sale file, SaleOverrides options, Wants wants, Load load) {
    this.file = file;
    this.options = options;
    this.base = options.base(file);
    this.purchase = options.purchase(file, base);
    this.buyers = new BuyerPlan(wants, load, !file.before().isEmpty(), file.orders().isPresent());
    if (wants.stock().isEmpty() && left().isEmpty()) {
      throw new IllegalArgumentException(
          "--target needs to know how many tickets there are; pass --stock N, or --stock-url URL,"
              + " or say stock or left in a sale file");
    }
  }

  /** Who buys what. */
  public PurchasePlan purchases(long seed) {
    return buyers.purchases(seed);
  }

  /** What is stormed. */
  public HttpEndpoint endpoint(int connections, Duration timeout) {
    var rules = options.httpRules(file);
    var left = left();
    var values = buyers.values();
    columns.addAll(values.columns().keySet());
    var before = before();
    var where = file.purchase().map(Step::where).orElse("purchase");
    requireKnown(where, purchase, Values.ofPurchase(columns));
    var result =
        file.result()
            .map(
                asked ->
                    new HttpResult(
                        target(asked.step(), purchase.headers(), Values.ofResult(columns)),
                        asked.every(),
                        asked.within(),
                        asked.replies().map(rules::with).orElse(rules)));
    left.ifPresent(this::requireItems);
    var orders =
        file.orders()
            .map(
                asked ->
                    new HttpOrders(
                        target(asked.step(), fixed(asked.step()), Values.ofShop()),
                        asked.fields()));
    var sale = new HttpSale(before, purchase, rules, result, left, orders, values);
    named(where, () -> sale.with(known(values)).check());
    return new HttpEndpoint(sale, buyers.terms(), buyers.customers(), connections, timeout);
  }

  private void requireItems(HttpLeft left) {
    requireKnown("left", left.request(), Values.ofItem());
    var items = buyers.values().items().size();
    if (items > 1 && !left.request().names().contains("item")) {
      throw new IllegalArgumentException(
          "left: %s says the same of each of %d items; put {{item}} into it"
              .formatted(left.request().address(), items));
    }
  }

  /** With something for what is not known before the storm. */
  private Values known(Values values) {
    var kept = new HashMap<String, List<String>>();
    columns.stream()
        .filter(name -> !values.columns().containsKey(name))
        .forEach(name -> kept.put(name, Collections.nCopies(1, "")));
    return values.with(kept);
  }

  private List<HttpStep> before() {
    var steps = new ArrayList<HttpStep>();
    for (var step : file.before()) {
      steps.add(new HttpStep(target(step, List.of(), Values.ofStep(columns)), step.keep()));
      for (var name : step.keep().keySet()) {
        if (Values.ofResult(columns).contains(name)) {
          throw new IllegalArgumentException(
              "%s: keeps {{%s}}, which is a value already; choose another name"
                  .formatted(step.where(), name));
        }
        columns.add(name);
      }
    }
    return steps;
  }

  /** The headers of the purchase that are the same for all. */
  private List<HttpHeader> fixed(Step step) {
    return purchase.headersFor(named(step.where(), () -> base.at(step.url())));
  }

  /** Where the shop says what is left. */
  private Optional<HttpLeft> left() {
    return options.left(purchase).or(this::leftOfFile);
  }

  private Optional<HttpLeft> leftOfFile() {
    return file.left()
        .map(
            asked ->
                new HttpLeft(
                    target(asked.step(), fixed(asked.step()), Values.ofItem()),
                    asked.at(),
                    "check left of the sale file"));
  }

  /**
   * A request of the file.
   *
   * @param usual headers if it has none of its own
   * @param known the names of values that it may have
   */
  private HttpTarget target(Step step, List<HttpHeader> usual, Collection<String> known) {
    var target = request(base, step, usual);
    requireKnown(step.where(), target, known);
    return target;
  }

  /** A request of the file, whatever values it has. */
  static HttpTarget request(HttpAddress base, Step step, List<HttpHeader> usual) {
    return named(
        step.where(),
        () ->
            new HttpTarget(
                base.at(step.url()),
                HttpTarget.Method.valueOf(step.method()),
                step.headers().isEmpty() ? usual : headers(step),
                step.body().orElse("")));
  }

  private static List<HttpHeader> headers(Step step) {
    return step.headers().entrySet().stream()
        .map(header -> HttpHeader.parse(header.getKey() + ": " + header.getValue()))
        .toList();
  }

  private static void requireKnown(String where, HttpTarget target, Collection<String> known) {
    named(
        where,
        () -> {
          target.requireKnown(known);
          return target;
        });
  }

  static <T> T named(String where, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }
}
