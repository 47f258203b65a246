package io.github.ticketsim.run;

import io.github.ticketsim.sale.DataTable;
import io.github.ticketsim.sale.Quantity;
import io.github.ticketsim.sale.Values;
import io.github.ticketsim.sale.Wants;
import io.github.ticketsim.stock.method.MethodStock;
import io.github.ticketsim.storm.Load;
import io.github.ticketsim.storm.PurchasePlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Who buys what of a sale, whatever sells it. */
public final class BuyerPlan {
  private final Wants wants;
  private final Load load;
  private final boolean orders;
  private final Optional<DataTable> data;
  private final Optional<List<String>> items;
  private final int customers;

  /**
   * @param prepared whether each customer has steps of its own ahead of the storm
   * @param orders whether the shop says what it sold
   * @throws IllegalArgumentException if they do not fit together
   */
  public BuyerPlan(Wants wants, Load load, boolean prepared, boolean orders) {
    this.wants = wants;
    this.load = load;
    this.orders = orders;
    this.data = wants.data().map(DataTable::read);
    this.items = wants.items().map(some -> EndpointPlan.named("items", () -> some.names(data)));
    this.customers = customers(prepared);
    data.ifPresent(table -> table.requireRows(customers));
  }

  /** How many customers there are, as far as it matters. */
  int customers() {
    return customers;
  }

  private int customers(boolean prepared) {
    if (wants.customers().isPresent()) {
      return wants.customers().getAsInt();
    }
    if (load instanceof Load.Closed(var buyers, _)) {
      return buyers;
    }
    if (load.attempts().isPresent()) {
      return (int) Math.min(Integer.MAX_VALUE, load.attempts().getAsLong());
    }
    if (data.isPresent() || prepared) {
      throw new IllegalArgumentException(
          "--rate with --duration has any number of buyers, and each is a customer with a row or"
              + " steps of its own; pass --customers N");
    }
    return Integer.MAX_VALUE;
  }

  /** Whether the history tells customers apart. */
  private boolean named() {
    return wants.customers().isPresent() || wants.limit().isPresent() || orders || data.isPresent();
  }

  /** Who buys what in each purchase. */
  public PurchasePlan purchases(long seed) {
    var quantity = wants.quantity().orElse(Quantity.ONE);
    return new PurchasePlan(
        wants.customers(),
        named(),
        items.orElse(List.of()),
        quantity.least(),
        quantity.most(),
        wants.retry().orElse(0),
        load instanceof Load.Closed(var buyers, _) ? buyers : 1,
        seed);
  }

  /** The names of what is sold. */
  public List<String> items() {
    return terms().items();
  }

  /** A shop that sells it by a method. */
  public MethodShop shop(MethodStock stock) {
    return new MethodShop(stock, terms());
  }

  /** On which terms it is sold. */
  ShopTerms terms() {
    return new ShopTerms(
        items.orElse(List.of(Values.ONLY_ITEM)),
        wants.stock(),
        wants.limit(),
        wants.items().isPresent());
  }

  /** What templates refer to, as far as it is known before anything is sent. */
  Values values() {
    return new Values(
        items.orElse(List.of(Values.ONLY_ITEM)),
        wants.stock().orElse(0),
        data.map(DataTable::values).orElse(Map.of()),
        constants());
  }

  /** What is the same for every purchase although it has the name of a value. */
  private Map<String, Long> constants() {
    var constants = new HashMap<String, Long>();
    var quantity = wants.quantity().orElse(Quantity.ONE);
    if (quantity.least() == quantity.most()) {
      constants.put("quantity", (long) quantity.least());
    }
    if (wants.customers().equals(OptionalInt.of(1))) {
      constants.put("customer", 0L);
    }
    return constants;
  }
}
