package io.github.ticketsim.cli;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.ledger.Order;
import io.github.ticketsim.stock.Outcome.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a storm that a sale file describes sends, and what it records. */
@Timeout(120)
class SaleIT {
  private static final String PURCHASE =
      """
      purchase:
        post: /orders
        headers: { Authorization: "Bearer {{token}}", Idempotency-Key: "{{purchase}}" }
        body: '{"user":{{customer}},"sku":"{{item}}","quantity":{{quantity}}}'
      """;
  private static final String REPLIES =
      """
      replies:
        sold: { status: 201 }
        sold_out: { status: 409, /error: sold-out }
        limited: { status: 409, /error: already-purchased }
      """;
  private static final String LOGIN =
      """
      before:
        post: /login
        body: '{"name":"{{data.name}}"}'
        keep: { token: /data/access }
      """;
  private static final String LEFT = "left: { get: '/stock/{{item}}', at: /available }\n";
  private static final String ORDERS =
      "orders: { get: /sold, each: /orders, order: /id, customer: /customer, item: /item,"
          + " quantity: /quantity }\n";

  @TempDir private Path folder;

  private CommandRun storm(Shop shop, String sale, String... options) throws IOException {
    var file = folder.resolve("sale.yaml");
    Files.writeString(file, "target: " + shop.url() + "\n" + sale);
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("storm", "--sale=" + file, "--timeout=20s"));
    arguments.add("--out=" + folder.resolve("runs"));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private History history() throws Exception {
    return HistoryFile.read(folder.resolve("runs/latest/history.ndjson"));
  }

  private static Stream<Attempt> attempts(History history) {
    return IntStream.range(0, history.attempts().size()).mapToObj(history.attempts()::get);
  }

  private void writeUsers(int count) throws IOException {
    var lines = new ArrayList<>(List.of("name,note"));
    IntStream.range(0, count)
        .forEach(row -> lines.add("\"us er%d\",\"a, \"\"b\"\"\"".formatted(row)));
    Files.write(folder.resolve("users.csv"), lines);
  }

  @Test
  void eachPurchaseIsThatOfItsCustomer() throws Exception {
    writeUsers(100);
    try (var shop = new Shop(30, 4, "A", "B", "C")) {
      var run =
          storm(
              shop,
              "stock: 30\n"
                  + "buyers: 200\n"
                  + "customers: 100\n"
                  + "limit: 4\n"
                  + "items: [A, B, C]\n"
                  + "quantity: [1, 3]\n"
                  + "data: users.csv\n"
                  + "order: /id\n"
                  + LOGIN
                  + PURCHASE
                  + REPLIES
                  + LEFT
                  + ORDERS);
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
      var history = history();
      assertThat(history.run().stock()).isEqualTo(90);
      assertThat(history.run().terms().limit()).hasValue(4);
      assertThat(history.run().terms().items())
          .containsExactly(Map.entry("A", 30L), Map.entry("B", 30L), Map.entry("C", 30L));
      assertThat(history.ending().leftByItem()).containsOnlyKeys("A", "B", "C");
      assertThat(history.attempts().count(Kind.LIMITED)).isPositive();
      assertThat(attempts(history))
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
              attempts(history)
                  .collect(groupingBy(attempt -> attempt.particulars().item().orElseThrow()))
                  .values())
          .allSatisfy(some -> assertThat(some).hasSizeBetween(66, 68));
      assertThat(history.ending().orders()).hasValue(history.orders().size());
      assertThat(history.orders().stream().map(Order::id))
          .containsExactlyInAnyOrderElementsOf(
              attempts(history)
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
          storm(
              shop,
              "stock: 1000\nbuyers: 300\nretry: 40%\norder: /id\n"
                  + PURCHASE.replace("Authorization: \"Bearer {{token}}\", ", "")
                  + REPLIES
                  + LEFT,
              "--seed=7");
      assertThat(run.err()).isEmpty();
      var twice =
          attempts(history())
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
          storm(
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
                  + LEFT);
      run.assertQuiet(ExitCode.VALID);
      var history = history();
      assertThat(history.attempts().count(Kind.SOLD)).isEqualTo(20);
      assertThat(history.attempts().count(Kind.SOLD_OUT)).isEqualTo(30);
      assertThat(shop.requests("GET /orders/l-")).hasSize(100);
    }
  }

  @Test
  void whatIsNotDecidedInTimeIsIndeterminate() throws Exception {
    try (var shop = new Shop(20, 1, "1")) {
      var run =
          storm(
              shop,
              """
              stock: 20
              buyers: 3
              purchase: { post: /never }
              replies: { accepted: { status: 202 } }
              order: /id
              result: { get: '/nowhere/{{order}}', every: 5ms, within: 50ms, replies: { sold: { status: 200 } } }
              """
                  + LEFT);
      assertThat(run.status()).isEqualTo(ExitCode.UNKNOWN.status());
      assertThat(attempts(history()))
          .hasSize(3)
          .allSatisfy(
              attempt -> {
                assertThat(attempt.outcome().error())
                    .isEqualTo("accepted, and not decided within 50 ms: reply 404 {}");
                assertThat(attempt.particulars().order()).hasValue("o-never");
              });
      assertThat(history().ending().settlement().settled()).isFalse();
    }
  }

  @Test
  void ordersSettleWhatHasNoReply() throws Exception {
    try (var shop = new Shop(20, 1, "1")) {
      var sale = "stock: 20\nbuyers: 3\npurchase: { post: /nowhere }\n" + REPLIES + LEFT;
      assertThat(
              storm(shop, sale + ORDERS.replace("/sold", "/lines").replace("each: /orders, ", ""))
                  .err())
          .isEmpty();
      var history = history();
      assertThat(history.attempts().count(Kind.INDETERMINATE)).isEqualTo(3);
      assertThat(history.ending().settlement().settled()).isTrue();
      assertThat(history.ending().orders()).isEqualTo(OptionalLong.of(0));
    }
  }

  @Test
  void anOptionWinsOverTheFile() throws Exception {
    try (var shop = new Shop(20, 1, "1")) {
      var run =
          storm(
              shop,
              """
              stock: 5
              buyers: 3
              customers: 3
              purchase: { post: /nowhere, body: '{}' }
              replies: { sold: { status: 404 } }
              """,
              "--stock=20",
              "--threads=4",
              "--customers=2",
              "--method=PUT",
              "--body={\"c\":\"{{customer}}\"}",
              "--sold-out-if=status=404",
              "--sold-if=status=299");
      assertThat(run.err()).isEmpty();
      var history = history();
      assertThat(history.run().stock()).isEqualTo(20);
      assertThat(history.attempts().count(Kind.SOLD_OUT)).isEqualTo(4);
      assertThat(shop.requests.stream().map(request -> request.line() + request.body()))
          .containsExactlyInAnyOrder(
              "PUT /nowhere{\"c\":\"0\"}",
              "PUT /nowhere{\"c\":\"0\"}",
              "PUT /nowhere{\"c\":\"1\"}",
              "PUT /nowhere{\"c\":\"1\"}");
    }
  }

  @Test
  void aTrialSendsOnePurchaseAndHidesSecrets() throws Exception {
    writeUsers(10);
    try (var shop = new Shop(20, 9, "1")) {
      var run =
          storm(
              shop,
              "stock: 20\nbuyers: 10\ndata: users.csv\norder: /id\n" + LOGIN + PURCHASE + REPLIES,
              "--try");
      run.assertQuiet(ExitCode.VALID);
      assertThat(run.out())
          .contains(
              "POST /orders HTTP/1.1", "Authorization: ***", "\"user\":0", "201 application/json")
          .contains(
              "matches   sold     status=201", "does not  limited  status=409 && /error=already")
          .contains("outcome   sold", "order     o-0")
          .doesNotContain("tok-");
      assertThat(shop.requests("POST /orders")).hasSize(1);
      assertThat(shop.requests("POST /login")).hasSize(1);
      assertThat(folder.resolve("runs")).doesNotExist();
    }
  }
}
