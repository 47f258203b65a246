package io.github.ticketsim.stock.sql;

import io.github.ticketsim.sale.SqlSteps;
import io.github.ticketsim.sale.SqlSteps.Isolation;
import io.github.ticketsim.sale.SqlSteps.SqlPurchase;
import io.github.ticketsim.sale.SqlSteps.SqlStep;
import io.github.ticketsim.sale.SqlSteps.SqlText;
import io.github.ticketsim.sale.Template;
import io.github.ticketsim.sale.Values;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.PurchaseRequest;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A sale whose purchase is a transaction of the shop's own. */
public final class SqlSale {
  /** The name of this way to sell. */
  public static final String STRATEGY = "sql";

  /** How the error begins of a purchase that failed because other buyers were faster. */
  public static final String OVERTAKEN = "others were faster ";

  private final SqlAddress address;
  private final SqlSteps described;
  private final Told told;
  private final Values values;
  private final Duration timeout;
  private final SqlPurchase purchase;
  private final List<SqlCall> steps;
  private final List<SqlStatement> setup;
  private final Optional<SqlStatement> left;
  private final Optional<SqlStatement> orders;
  private final Optional<SqlParameter> order;

  /** A step with what is bound in it. */
  record SqlCall(SqlStep described, SqlStatement statement) {}

  /**
   * What a sold purchase tells.
   *
   * @param value the name of the value that is the counter, which only sales take from
   * @param order the name of the value that is the order's id
   */
  public record Told(Optional<String> value, Optional<String> order) {}

  /**
   * @param values that statements refer to
   * @param timeout for connecting, and for each transaction
   * @throws IllegalArgumentException if a statement refers to another value
   */
  public SqlSale(
      SqlAddress address, SqlSteps described, Told told, Values values, Duration timeout) {
    this.address = address;
    this.described = described;
    this.told = told;
    this.values = values;
    this.timeout = timeout;
    this.purchase = described.purchase().orElseThrow();
    var known = Values.ofPurchase(values.columns().keySet());
    var kept = new LinkedHashSet<String>();
    var compiled = new ArrayList<SqlCall>();
    for (var step : purchase.steps()) {
      compiled.add(new SqlCall(step, SqlStatement.of(step.statement(), values, known, kept)));
      for (var name : step.keep().keySet()) {
        if (known.contains(name)) {
          throw new IllegalArgumentException(
              "%s: keeps {{%s}}, which is a value already; choose another name"
                  .formatted(step.statement().where(), name));
        }
        kept.add(name);
      }
    }
    this.steps = List.copyOf(compiled);
    this.order = told.order().map(name -> told(name, known, kept));
    told.value()
        .filter(name -> !kept.contains(name))
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "value: no step keeps {{%s}}; let one keep it, or leave value out"
                      .formatted(name));
            });
    this.setup = described.setup().stream().map(text -> statement(text, Values.ofItem())).toList();
    this.left = described.left().map(text -> statement(text, Values.ofItem()));
    this.orders = described.orders().map(text -> statement(text, Values.ofShop()));
  }

  private SqlStatement statement(SqlText text, Collection<String> known) {
    return SqlStatement.of(text, values, known, List.of());
  }

  private SqlParameter told(String name, Collection<String> known, Collection<String> kept) {
    try {
      var template = new Template(List.of(new Template.Value(name)));
      return SqlParameter.of(template, values, known, kept);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("order: " + e.getMessage(), e);
    }
  }

  /** The same with so many tickets of each item. */
  public SqlSale withStock(long tickets) {
    return new SqlSale(address, described, told, values.withStock(tickets), timeout);
  }

  /** Where the database is. */
  public SqlAddress address() {
    return address;
  }

  /** What its replies promise. */
  public Model model() {
    return told.value().isPresent() ? Model.BOUNDED : Model.TALLY;
  }

  /** For connecting, and for each transaction. */
  public Duration timeout() {
    return timeout;
  }

  /** How transactions are kept apart, in words; empty if nothing is said. */
  public Optional<String> isolationWords() {
    return purchase.isolation().map(Isolation::key);
  }

  /** Whether nothing in a purchase differs from buyer to buyer. */
  public boolean sameForAllBuyers() {
    return steps.stream().allMatch(step -> step.statement().sameForAllBuyers());
  }

  OptionalInt isolation() {
    return purchase
        .isolation()
        .map(
            level ->
                OptionalInt.of(
                    switch (level) {
                      case READ_UNCOMMITTED -> Connection.TRANSACTION_READ_UNCOMMITTED;
                      case READ_COMMITTED -> Connection.TRANSACTION_READ_COMMITTED;
                      case REPEATABLE_READ -> Connection.TRANSACTION_REPEATABLE_READ;
                      case SERIALIZABLE -> Connection.TRANSACTION_SERIALIZABLE;
                    }))
        .orElse(OptionalInt.empty());
  }

  int tries() {
    return purchase.tries();
  }

  List<SqlCall> steps() {
    return steps;
  }

  List<SqlStatement> setup() {
    return setup;
  }

  /** What says how many tickets are left; empty if nothing does. */
  Optional<SqlStatement> left() {
    return left;
  }

  Optional<SqlStatement> orders() {
    return orders;
  }

  /** {@code text} without what a row of data says of the first customer. */
  String hidden(String text) {
    return values.hidden(text);
  }

  List<String> items() {
    return values.items();
  }

  /** Whether the database is asked what is left. */
  public boolean tellsLeft() {
    return left.isPresent();
  }

  /** The shop's id of the order; empty if nothing says where it is. */
  Optional<String> order(PurchaseRequest bought, Map<String, @Nullable Object> kept) {
    return order.map(parameter -> String.valueOf(parameter.of(bought, kept)));
  }

  /** The outcome of a purchase that is sold. */
  Outcome sold(Map<String, @Nullable Object> kept) {
    if (told.value().isEmpty()) {
      return new Outcome.Sold(OptionalLong.empty());
    }
    var value = kept.get(told.value().get());
    try {
      return new Outcome.Sold(OptionalLong.of(Long.parseLong(String.valueOf(value))));
    } catch (NumberFormatException _) {
      return new Outcome.Indeterminate(
          "{{%s}} is no whole number, and value says that it is".formatted(told.value().get()));
    }
  }
}
