package io.github.ticketsim;

import io.github.ticketsim.ledger.HeapRoom;
import io.github.ticketsim.ledger.Order;
import io.github.ticketsim.run.BuyerPlan;
import io.github.ticketsim.run.StormRun;
import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.method.MethodStock;
import io.github.ticketsim.stock.method.MethodStock.MethodReply;
import io.github.ticketsim.storm.StormPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A storm that knows what its buyers do. */
public final class ReadyStorm {
  private final TicketStorm storm;
  private final TicketStorm.PurchaseMethod method;
  private final Optional<TicketStorm.ItemLeftQuery> left;
  private final boolean leftByItem;
  private final Optional<TicketStorm.OrdersQuery> orders;

  ReadyStorm(
      TicketStorm storm,
      TicketStorm.PurchaseMethod method,
      Optional<TicketStorm.ItemLeftQuery> left,
      boolean leftByItem,
      Optional<TicketStorm.OrdersQuery> orders) {
    this.storm = storm;
    this.method = method;
    this.left = left;
    this.leftByItem = leftByItem;
    this.orders = orders;
  }

  /**
   * How many tickets the shop has left, asked after the last attempt has returned. Without it no
   * run is {@link Verdict#VALID}.
   */
  public ReadyStorm left(TicketStorm.LeftQuery question) {
    return new ReadyStorm(storm, method, Optional.of(_ -> question.left()), false, orders);
  }

  /** The same of each item, for a storm of several. */
  public ReadyStorm leftByItem(TicketStorm.ItemLeftQuery question) {
    return new ReadyStorm(storm, method, Optional.of(question), true, orders);
  }

  /**
   * What the shop believes that it sold, asked after the last attempt has returned. Each sale must
   * have one order, and each order a sale.
   */
  public ReadyStorm orders(TicketStorm.OrdersQuery question) {
    return new ReadyStorm(storm, method, left, leftByItem, Optional.of(question));
  }

  /**
   * Storms, judges, and saves the run in a folder of its own.
   *
   * @throws IllegalArgumentException if the storm has several items and {@link #left} is asked for
   *     all of them
   * @throws TicketStormException if the run cannot be saved, before anything is bought; or if a
   *     purchase neither returns nor heeds an interrupt
   * @throws InterruptedException if this thread is interrupted
   */
  public Report run() throws InterruptedException {
    var load = storm.load();
    requireHeap(storm.buyers(), load.attempts().orElseThrow());
    var plan = new BuyerPlan(storm.wants(), load, /* prepared= */ false, orders.isPresent());
    var items = plan.items();
    if (items.size() > 1 && left.isPresent() && !leftByItem) {
      throw new IllegalArgumentException(
          "left: says the same of each of %d items; use leftByItem(...)".formatted(items.size()));
    }
    var stock =
        new MethodStock(
            items,
            purchase -> reply(purchase, items),
            left.map(question -> question::left),
            orders.map(ReadyStorm::recorded));
    var shop = plan.shop(stock);
    return new Runs(storm.folder())
        .report(
            _ ->
                new StormRun(
                    shop,
                    new StormPlan(load, storm.stallTimeout())
                        .with(plan.purchases(storm.seed()), Duration.ZERO)));
  }

  private static void requireHeap(int buyers, long purchases) {
    var room = HeapRoom.attempts(Runtime.getRuntime().maxMemory(), buyers);
    if (purchases > room) {
      throw new IllegalArgumentException(
          "buyers, purchases: %d purchases, but this JVM's heap has room for %d; lower them, or raise -Xmx of the test"
              .formatted(purchases, Math.max(0, room)));
    }
  }

  private MethodReply reply(PurchaseRequest purchase, List<String> items) throws Exception {
    var reply =
        method.buy(
            new Purchase(
                purchase.buyer(),
                purchase.customer(),
                purchase.attempt(),
                items.get(purchase.item()),
                purchase.quantity(),
                purchase.id().toString()));
    return new MethodReply(reply.outcome(), reply.order());
  }

  private static Callable<List<Order>> recorded(TicketStorm.OrdersQuery question) {
    return () -> question.orders().stream().map(ShopOrder::recorded).toList();
  }
}
