package io.github.ticketsim.run;

import io.github.ticketsim.sale.Sale;
import io.github.ticketsim.sale.SqlSteps;
import io.github.ticketsim.sale.Wants;
import io.github.ticketsim.stock.sql.SqlAddress;
import io.github.ticketsim.stock.sql.SqlSale;
import io.github.ticketsim.stock.sql.SqlStrategy;
import io.github.ticketsim.storm.Load;
import io.github.ticketsim.storm.PurchasePlan;
import java.time.Duration;

/**
 * Makes of what options and file say together a sale in a database that a storm can begin with.
 * What is wrong with it is an {@link IllegalArgumentException} that says where.
 */
public final class SqlSalePlan {
  private final Wants wants;
  private final BuyerPlan buyers;
  private final SqlSale sale;

  /**
   * @param file says of a database how it sells
   * @param timeout for connecting, and for each transaction
   */
  public SqlSalePlan(Sale file, SqlAddress address, Wants wants, Load load, Duration timeout) {
    var steps = file.sql().orElseThrow();
    this.wants = wants;
    this.buyers = new BuyerPlan(wants, load, /* prepared= */ false, steps.orders().isPresent());
    if (steps.purchase().isEmpty()) {
      throw new IllegalArgumentException("--sale: the file lacks the key purchase; add it");
    }
    this.sale =
        new SqlSale(
            address, steps, new SqlSale.Told(file.value(), file.order()), buyers.values(), timeout);
    requireStock(steps);
    requireItems(steps);
  }

  private void requireStock(SqlSteps steps) {
    if (wants.stock().isPresent()) {
      return;
    }
    if (steps.left().isEmpty()) {
      throw new IllegalArgumentException(
          "how many tickets there are is not known; pass --stock N, or say stock or left in the"
              + " sale file");
    }
    steps
        .setsStock()
        .ifPresent(
            text -> {
              throw new IllegalArgumentException(
                  text.where()
                      + ": {{stock}} is not known; pass --stock N, or say stock in the file");
            });
  }

  private void requireItems(SqlSteps steps) {
    var items = buyers.values().items().size();
    steps
        .left()
        .filter(text -> items > 1 && text.values().isEmpty())
        .ifPresent(
            text -> {
              throw new IllegalArgumentException(
                  "%s: says the same of each of %d items; put {{item}} into it"
                      .formatted(text.where(), items));
            });
  }

  /** Who buys what. */
  public PurchasePlan purchases(long seed) {
    return buyers.purchases(seed);
  }

  /** What is stormed. */
  public ShopTarget target(int connections) {
    return target(SqlSale.STRATEGY, /* brokenOnPurpose= */ false, connections);
  }

  /** The same for a strategy of ours. */
  public ShopTarget target(SqlStrategy strategy, int connections) {
    return target(strategy.wireName(), !strategy.sound(), connections);
  }

  private ShopTarget target(String strategy, boolean brokenOnPurpose, int connections) {
    return new SqlShop(sale, strategy, brokenOnPurpose, buyers.terms(), connections);
  }
}
