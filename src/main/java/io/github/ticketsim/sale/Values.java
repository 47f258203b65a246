package io.github.ticketsim.sale;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the values of templates stand for, beside what the purchase itself says.
 *
 * @param items their names; one if there is one item
 * @param stock of each item
 * @param columns by name, a value for each customer
 * @param constant names of values that are the same for every purchase, with that value
 */
public record Values(
    List<String> items, long stock, Map<String, List<String>> columns, Map<String, Long> constant) {
  /** The value of the item that a sale of one item sells. */
  public static final String ONLY_ITEM = "1";

  static final String BUYER = "buyer";
  static final String CUSTOMER = "customer";
  static final String ITEM = "item";
  static final String QUANTITY = "quantity";
  static final String PURCHASE = "purchase";
  static final String ATTEMPT = "attempt";
  static final String STOCK = "stock";
  static final String ORDER = "order";

  private static final String HIDDEN = "***";

  /** Of one item, without columns. */
  public static final Values NONE = new Values(List.of(ONLY_ITEM), 0, Map.of(), Map.of());

  /** Copies its parts. */
  public Values {
    items = List.copyOf(items);
    columns = Map.copyOf(columns);
    constant = Map.copyOf(constant);
  }

  /** The names that a purchase knows, with those of {@code columns}. */
  public static Set<String> ofPurchase(Collection<String> columns) {
    return names(List.of(BUYER, CUSTOMER, ITEM, QUANTITY, PURCHASE, ATTEMPT, STOCK), columns);
  }

  /** The names that the question for the result knows. */
  public static Set<String> ofResult(Collection<String> columns) {
    return names(
        List.of(BUYER, CUSTOMER, ITEM, QUANTITY, PURCHASE, ATTEMPT, STOCK, ORDER), columns);
  }

  /** The names that a step ahead of the storm knows. */
  public static Set<String> ofStep(Collection<String> columns) {
    return names(List.of(CUSTOMER, STOCK), columns);
  }

  /** The names that the question for what is left knows. */
  public static Set<String> ofItem() {
    return names(List.of(ITEM, STOCK), List.of());
  }

  /** The names that the question for orders knows. */
  public static Set<String> ofShop() {
    return names(List.of(STOCK), List.of());
  }

  /** Whether that value is a whole number. */
  public static boolean isNumber(String name) {
    return Set.of(BUYER, CUSTOMER, QUANTITY, ATTEMPT, STOCK).contains(name);
  }

  private static Set<String> names(List<String> own, Collection<String> columns) {
    var names = new LinkedHashSet<>(own);
    names.addAll(columns);
    return names;
  }

  /** The same with more columns. */
  public Values with(Map<String, List<String>> more) {
    var all = new HashMap<>(columns);
    all.putAll(more);
    return new Values(items, stock, all, constant);
  }

  /** The same with this stock of each item. */
  public Values withStock(long tickets) {
    return new Values(items, tickets, columns, constant);
  }

  /** The same with every column hidden, to be shown to people. */
  public Values masked() {
    var hidden = new HashMap<String, List<String>>();
    columns.forEach((name, column) -> hidden.put(name, Collections.nCopies(column.size(), HIDDEN)));
    return new Values(items, stock, hidden, constant);
  }

  /** {@code text} without what the columns say of the first customer. */
  public String hidden(String text) {
    var hidden = text;
    for (var column : columns.values()) {
      // What is shorter stands everywhere by chance.
      if (column.getFirst().length() > 2) {
        hidden = hidden.replace(column.getFirst(), HIDDEN);
      }
    }
    return hidden;
  }
}
