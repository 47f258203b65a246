package shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ticketsim.Purchase;
import io.github.ticketsim.Reply;
import io.github.ticketsim.Report;
import io.github.ticketsim.ShopOrder;
import io.github.ticketsim.TicketStorm;
import io.github.ticketsim.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sales of several items, of several tickets at once, sent twice, and with orders. */
class SaleOfItemsTest {
  @TempDir private Path folder;

  /** Sells any quantity of any item, writes orders, and knows a purchase again by its key. */
  private static final class OrderingShop {
    private final Map<String, Long> left = new HashMap<>();
    private final Map<String, Reply> replies = new HashMap<>();
    private final List<ShopOrder> orders = new ArrayList<>();

    OrderingShop(long tickets, String... items) {
      for (var item : items) {
        left.put(item, tickets);
      }
    }

    synchronized Reply buyOnce(Purchase purchase) {
      return replies.computeIfAbsent(purchase.key(), _ -> buy(purchase));
    }

    synchronized Reply buy(Purchase purchase) {
      if (left.get(purchase.item()) < purchase.quantity()) {
        return Reply.soldOut();
      }
      left.merge(purchase.item(), (long) -purchase.quantity(), Long::sum);
      var id = "o-" + orders.size();
      orders.add(
          ShopOrder.of(id)
              .customer(purchase.customer())
              .item(purchase.item())
              .quantity(purchase.quantity()));
      return Reply.sold(id);
    }

    synchronized long left(String item) {
      return left.get(item);
    }

    synchronized List<ShopOrder> orders() {
      return List.copyOf(orders);
    }
  }

  private TicketStorm storm() {
    return TicketStorm.of(50).buyers(600).out(folder);
  }

  private TicketStorm all() {
    return storm().items(List.of("A", "B", "C")).quantity(1, 4).customers(100).retry(0.2);
  }

  private static Report sound(TicketStorm storm, OrderingShop shop) throws InterruptedException {
    return storm.purchase(shop::buyOnce).leftByItem(shop::left).orders(shop::orders).run();
  }

  @Test
  void itemsQuantitiesRetriesAndOrdersAreJudgedTogether() throws Exception {
    var report = sound(all(), new OrderingShop(50, "A", "B", "C"));

    assertThat(report.verdict()).isEqualTo(Verdict.VALID);
    assertThat(report.toString()).contains("20% sent again", "orders", "items");
  }

  @Test
  void aPurchaseSentTwiceAndSoldTwiceIsFound() throws Exception {
    var shop = new OrderingShop(50, "1");

    var report =
        storm()
            .retry(0.5)
            .purchase(shop::buy)
            .left(() -> shop.left("1"))
            .orders(shop::orders)
            .run();

    assertThat(report.verdict()).isEqualTo(Verdict.INVALID);
  }

  @Test
  void anItemThatIsSoldTooOftenIsNamed() throws Exception {
    var shop = new OrderingShop(50, "A", "B");
    shop.left.put("B", 60L);

    var report = storm().items(List.of("A", "B")).purchase(shop::buy).leftByItem(shop::left).run();

    assertThat(report.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(report.toString()).contains("item B");
  }

  @Test
  void aLostOrderIsFound() throws Exception {
    var shop = new OrderingShop(50, "1");

    var report =
        storm()
            .purchase(shop::buy)
            .left(() -> shop.left("1"))
            .orders(() -> shop.orders().subList(1, 50))
            .run();

    assertThat(report.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(report.toString()).contains("lost order");
  }

  @Test
  void ordersThatCannotBeReadProveNothing() throws Exception {
    var shop = new OrderingShop(50, "1");

    var report =
        storm()
            .purchase(shop::buy)
            .left(() -> shop.left("1"))
            .orders(
                () -> {
                  throw new IllegalStateException("the table is locked");
                })
            .run();

    assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(report.toString().replaceAll("\\s+", " ")).contains("the table is locked");
  }

  @Test
  void theSeedDrawsTheSameAgain() throws Exception {
    assertThat(drawn(7)).isEqualTo(drawn(7)).isNotEqualTo(drawn(8));
  }

  private Set<String> drawn(long seed) throws InterruptedException {
    var seen = ConcurrentHashMap.<String>newKeySet();
    storm()
        .items(5)
        .quantity(1, 3)
        .seed(seed)
        .purchase(
            purchase -> {
              seen.add(
                  "%d %s %d".formatted(purchase.buyer(), purchase.item(), purchase.quantity()));
              return Reply.soldOut();
            })
        .run();
    return seen;
  }

  @Test
  void bothOfARetryHaveTheKey() throws Exception {
    var keys = new ConcurrentHashMap<String, Integer>();

    storm()
        .retry(1)
        .purchase(
            purchase -> {
              keys.merge(purchase.key(), 1, Integer::sum);
              return Reply.soldOut();
            })
        .run();

    assertThat(keys).hasSize(600);
    assertThat(keys.values()).containsOnly(2);
  }

  @Test
  void refusesWhatMakesNoSense() {
    var storm = storm();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> storm.items(0))
        .withMessage("items: 0, expected 1 to 100000, or names");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> storm.items(List.of("A", "A")))
        .withMessage("items: names 'A' twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> storm.quantity(4, 1))
        .withMessageStartingWith("quantity: 4-1, expected a number from 1 to 1000000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> storm.retry(1.1))
        .withMessage("retry: 1.1, expected a share from 0 to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> storm.buyers(0))
        .withMessage("buyers: 0, expected 1 to 1000000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> storm.customers(2_000_000))
        .withMessage("customers: 2000000, expected 1 to 1000000");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> storm.buyers(1_000_000).purchases(1_000).purchase(_ -> Reply.soldOut()).run())
        .withMessageContaining("but this JVM's heap has room for");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ShopOrder.of("o-1").quantity(0))
        .withMessage("quantity of order o-1: 0, expected at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> storm.items(2).purchase(_ -> Reply.soldOut()).left(() -> 0).run())
        .withMessage("left: says the same of each of 2 items; use leftByItem(...)");
  }
}
