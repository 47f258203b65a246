package io.github.ticketsim.cli;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Order;
import io.github.ticketsim.stock.Outcome.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a storm that a sale file describes sends, and what it records. */
@Timeout(120)
class SaleIT {
  @TempDir private Path folder;
  private SaleStorms storms;

  @BeforeEach
  void begin() {
    storms = new SaleStorms(folder);
  }

  @Test
  void eachPurchaseIsThatOfItsCustomer() throws Exception {
    storms.writeUsers(100);
    try (var shop = new Shop(30, 4, "A", "B", "C")) {
      var run =
          storms.storm(
              shop,
              "stock: 30\n"
                  + "buyers: 200\n"
                  + "customers: 100\n"
                  + "limit: 4\n"
                  + "items: [A, B, C]\n"
                  + "quantity: [1, 3]\n"
                  + "data: users.csv\n"
                  + "order: /id\n"
                  + SaleStorms.LOGIN
                  + SaleStorms.PURCHASE
                  + SaleStorms.REPLIES
                  + SaleStorms.LEFT
                  + SaleStorms.ORDERS);
      assertThat(run.err()).isEmpty();
      assertThat(shop.requests("POST /login")).hasSize(100).doesNotHaveDuplicates();
      assertThat(shop.requests("POST /orders"))
          .hasSize(200)
          .allSatisfy(
              request ->
                  assertThat(request.authorization())
                      .isEqualTo(
                          "Bearer tok-us er" + request.body().replaceAll("\\D*(\\d+).*", "$1")))
          .extracting(Shop.Request::key)
          .doesNotHaveDuplicates();
      var history = storms.history();
      assertThat(history.run().stock()).isEqualTo(90);
      assertThat(history.run().setup().orElseThrow().sameRequest()).isFalse();
      assertThat(history.run().terms().limit()).hasValue(4);
      assertThat(history.run().terms().items())
          .containsExactly(Map.entry("A", 30L), Map.entry("B", 30L), Map.entry("C", 30L));
      assertThat(history.ending().leftByItem()).containsOnlyKeys("A", "B", "C");
      assertThat(history.attempts().count(Kind.LIMITED)).isPositive();
      assertThat(SaleStorms.attempts(history))
          .allSatisfy(
              attempt -> {
                var particulars = attempt.particulars();
                assertThat(particulars.customer())
                    .hasValue(Integer.toString(attempt.buyer() % 100));
                assertThat(particulars.key()).isEmpty();
                assertThat(particulars.order().isPresent())
                    .isEqualTo(attempt.outcome().kind() == Kind.SOLD);
                assertThat(shop.requests)
                    .contains(
                        new Shop.Request(
                            "POST /orders",
                            "Bearer tok-us er" + attempt.buyer() % 100,
                            attempt.id().toString(),
                            "{\"user\":%d,\"sku\":\"%s\",\"quantity\":%d}"
                                .formatted(
                                    attempt.buyer() % 100,
                                    particulars.item().orElseThrow(),
                                    particulars.quantity())));
              });
      // Each item once in three purchases.
      assertThat(
              SaleStorms.attempts(history)
                  .collect(groupingBy(attempt -> attempt.particulars().item().orElseThrow()))
                  .values())
          .allSatisfy(some -> assertThat(some).hasSizeBetween(66, 68));
      assertThat(history.ending().orders()).hasValue(history.orders().size());
      assertThat(history.orders().stream().map(Order::id))
          .containsExactlyInAnyOrderElementsOf(
              SaleStorms.attempts(history)
                  .flatMap(attempt -> attempt.particulars().order().stream())
                  .toList());
      for (var saved : List.of("history.ndjson", "run.json")) {
        assertThat(folder.resolve("runs/latest").resolve(saved))
            .content()
            .doesNotContain("tok-", "us er", "a, ");
      }
    }
  }

  @Test
  void someArePurchasedTwiceWithTheSameKey() throws Exception {
    try (var shop = new Shop(1_000, 1_000, "1")) {
      var run =
          storms.storm(
              shop,
              "stock: 1000\nbuyers: 300\nretry: 40%\norder: /id\n"
                  + SaleStorms.PURCHASE.replace("Authorization: \"Bearer {{token}}\", ", "")
                  + SaleStorms.REPLIES
                  + SaleStorms.LEFT,
              "--seed=7");
      assertThat(run.err()).isEmpty();
      assertThat(run.text()).contains("1 purchase a buyer, 40% sent again");
      var twice =
          SaleStorms.attempts(storms.history())
              .filter(attempt -> attempt.particulars().key().isPresent())
              .collect(groupingBy(attempt -> attempt.particulars().key().orElseThrow()))
              .values();
      assertThat(twice).hasSizeBetween(80, 160);
      assertThat(twice)
          .allSatisfy(
              pair -> {
                assertThat(pair).hasSize(2).extracting(Attempt::id).doesNotHaveDuplicates();
                assertThat(pair.getFirst().particulars()).isEqualTo(pair.getLast().particulars());
                assertThat(pair.stream().map(attempt -> attempt.id().toString()))
                    .contains(pair.getFirst().particulars().key().orElseThrow());
                assertThat(
                        shop.requests.stream()
                            .filter(
                                request ->
                                    request
                                        .key()
                                        .equals(pair.getFirst().particulars().key().orElseThrow())))
                    .hasSize(2);
              });
      assertThat(twice).anySatisfy(pair -> assertThat(overlap(pair)).isTrue());
      assertThat(twice).anySatisfy(pair -> assertThat(overlap(pair)).isFalse());
    }
  }

  private static boolean overlap(List<Attempt> pair) {
    return pair.get(0).callNanos() < pair.get(1).returnNanos().orElseThrow()
        && pair.get(1).callNanos() < pair.get(0).returnNanos().orElseThrow();
  }

  @Test
  void anAcceptedPurchaseIsDecidedByItsResult() throws Exception {
    try (var shop = new Shop(20, 1, "1")) {
      var run =
          storms.storm(
              shop,
              """
              stock: 20
              buyers: 50
              purchase: { post: /later, body: '{"user":{{customer}},"sku":"1","quantity":1}' }
              replies: { accepted: { status: 202 } }
              order: /id
              result:
                get: /orders/{{order}}
                every: 5ms
                replies: { sold: { /status: PAID }, sold_out: { /status: REJECTED } }
              """
                  + SaleStorms.LEFT);
      run.assertQuiet(ExitCode.VALID);
      var history = storms.history();
      assertThat(history.attempts().count(Kind.SOLD)).isEqualTo(20);
      assertThat(history.attempts().count(Kind.SOLD_OUT)).isEqualTo(30);
      assertThat(shop.requests("GET /orders/l-")).hasSize(100);
    }
  }

  @Test
  void whatIsNotDecidedInTimeIsIndeterminate() throws Exception {
    try (var shop = new Shop(20, 1, "1")) {
      var run =
          storms.storm(
              shop,
              """
              stock: 20
              buyers: 3
              purchase: { post: /never }
              replies: { accepted: { status: 202 } }
              order: /id
              result: { get: '/nowhere/{{order}}', every: 5ms, within: 50ms, replies: { sold: { status: 200 } } }
              """
                  + SaleStorms.LEFT);
      assertThat(run.status()).isEqualTo(ExitCode.UNKNOWN.status());
      assertThat(SaleStorms.attempts(storms.history()))
          .hasSize(3)
          .allSatisfy(
              attempt -> {
                assertThat(attempt.outcome().error())
                    .isEqualTo("accepted, and not decided within 50 ms: reply 404 {}");
                assertThat(attempt.particulars().order()).hasValue("o-never");
              });
      assertThat(storms.history().ending().settlement().settled()).isFalse();
      assertThat(storms.history().run().setup().orElseThrow().sameRequest()).isTrue();
    }
  }

  @Test
  void ordersSettleWhatHasNoReply() throws Exception {
    try (var shop = new Shop(20, 1, "1")) {
      var sale =
          "stock: 20\nbuyers: 3\npurchase: { post: /nowhere }\n"
              + SaleStorms.REPLIES
              + SaleStorms.LEFT;
      assertThat(
              storms
                  .storm(
                      shop,
                      sale
                          + SaleStorms.ORDERS
                              .replace("/sold", "/lines")
                              .replace("each: /orders, ", ""))
                  .err())
          .isEmpty();
      var history = storms.history();
      assertThat(history.attempts().count(Kind.INDETERMINATE)).isEqualTo(3);
      assertThat(history.ending().settlement().settled()).isTrue();
      assertThat(CommandRun.of("report", "--out=" + folder.resolve("runs")).text())
          .contains("3 attempts of unknown fate took nothing unless an order is theirs");
      assertThat(history.ending().orders()).isEqualTo(OptionalLong.of(0));
    }
  }

  @Test
  void ordersThatCannotBeReadAreSaid() throws Exception {
    try (var shop = new Shop(1, 1, "1")) {
      var run =
          storms.storm(
              shop,
              "stock: 1\nbuyers: 2\n"
                  + SaleStorms.PURCHASE.replace("{{token}}", "x")
                  + SaleStorms.REPLIES
                  + SaleStorms.LEFT
                  + "orders: { get: /none, order: /id }\n",
              "--timeout=1s");
      assertThat(run.text())
          .contains("UNKNOWN: sold 1 of 1 ticket", "no orders were read: http")
          .contains("/none: it answers 404; check orders of the sale file");
      assertThat(run.status()).isEqualTo(3);
      assertThat(storms.history().ending().orders()).isEmpty();
    }
  }
}
