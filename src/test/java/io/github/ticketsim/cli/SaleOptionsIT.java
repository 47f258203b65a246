package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome.Kind;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What options and a sale file say together. */
@Timeout(120)
class SaleOptionsIT {
  @TempDir private Path folder;
  private SaleStorms storms;

  @BeforeEach
  void begin() {
    storms = new SaleStorms(folder);
  }

  @Test
  void anOptionWinsOverTheFile() throws Exception {
    try (var shop = new Shop(20, 1, "1")) {
      var run =
          storms.storm(
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
      var history = storms.history();
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
    storms.writeUsers(10);
    try (var shop = new Shop(20, 9, "1")) {
      var run =
          storms.storm(
              shop,
              "stock: 20\nbuyers: 10\ndata: users.csv\norder: /id\n"
                  + SaleStorms.LOGIN
                  + SaleStorms.PURCHASE
                  + SaleStorms.REPLIES,
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

  @Test
  void aTrialOfAnAcceptedPurchaseAsksForItsResult() throws Exception {
    var accepted =
        """
        stock: 20
        buyers: 10
        purchase: { post: /later, body: '{"user":{{customer}},"sku":"1","quantity":1}' }
        replies: { accepted: { status: 202 } }
        order: /id
        """;
    var result =
        """
        result:
          get: /orders/{{order}}
          every: 5ms
          replies: { sold: { /status: PAID }, sold_out: { /status: REJECTED } }
        """;
    try (var shop = new Shop(20, 1, "1")) {
      var run = storms.storm(shop, accepted + result, "--try");
      run.assertQuiet(ExitCode.VALID);
      assertThat(run.out())
          .contains("asked for the result", "GET /orders/l-0 HTTP/1.1")
          .contains("outcome   sold", "order     l-0");
      assertThat(shop.requests("GET /orders/l-0")).hasSize(2);

      assertThat(storms.storm(shop, accepted, "--try").out())
          .contains("outcome   accepted, which is indeterminate without result");
    }
  }

  @Test
  void aLoginThatIsRefusedEndsTheRunAhead() throws Exception {
    try (var shop = new Shop(20, 1, "1")) {
      var run =
          storms.storm(
              shop,
              "stock: 20\nbuyers: 5\nbefore: { post: /login, body: '{}' }\n"
                  + SaleStorms.PURCHASE.replace("{{token}}", "x"));
      run.assertRefusedWith(ExitCode.UNAVAILABLE, "/login: customer ", " is answered 401");
      assertThat(shop.requests("POST /orders")).isEmpty();
    }
  }

  @Test
  void optionsSayTheSameAsAFile() throws Exception {
    try (var shop = new Shop(20, 1, "A", "B")) {
      var run =
          CommandRun.of(
              "storm",
              "--target=" + shop.url() + "/orders",
              "--timeout=20s",
              "--out=" + folder.resolve("runs"),
              "--threads=100",
              "--customers=50",
              "--limit=1",
              "--items=A,B",
              "--header=Idempotency-Key: {{purchase}}",
              "--body={\"user\":{{customer}},\"sku\":\"{{item}}\",\"quantity\":{{quantity}}}",
              "--sold-if=status=201",
              "--sold-out-if=status=409 && /error=sold-out",
              "--limited-if=status=409 && /error=already-purchased",
              "--order-at=/id",
              "--stock-url=" + shop.url() + "/stock/{{item}}",
              "--stock-at=/available");
      run.assertQuiet(ExitCode.VALID);
      var history = storms.history();
      assertThat(history.run().terms().items())
          .containsExactly(Map.entry("A", 20L), Map.entry("B", 20L));
      assertThat(history.attempts().count(Kind.SOLD)).isEqualTo(40);
      assertThat(history.attempts().count(Kind.LIMITED)).isPositive();
    }
  }

  @Test
  void boundedValuesAndQuantitiesAreRead() throws Exception {
    try (var shop = new Shop(40, 1_000, "1")) {
      var run =
          storms.storm(
              shop,
              "stock: 40\nbuyers: 30\nquantity: 2\nvalue: /left\nvalue_model: bounded\n"
                  + SaleStorms.PURCHASE.replace("Authorization: \"Bearer {{token}}\", ", "")
                  + SaleStorms.REPLIES
                  + SaleStorms.LEFT);
      run.assertQuiet(ExitCode.VALID);
      assertThat(storms.history().run().model()).isEqualTo(Model.BOUNDED);
      assertThat(
              SaleStorms.attempts(storms.history())
                  .filter(attempt -> attempt.outcome().value().isPresent()))
          .hasSize(20)
          .allSatisfy(attempt -> assertThat(attempt.particulars().quantity()).isEqualTo(2));
    }
  }

  @Test
  void stormsAtARate() throws Exception {
    storms.writeUsers(20);
    try (var shop = new Shop(15, 1, "1")) {
      var run =
          storms.storm(
              shop,
              "stock: 15\ncustomers: 20\nlimit: 1\nretry: 30%\ndata: users.csv\n"
                  + SaleStorms.LOGIN
                  + SaleStorms.PURCHASE
                  + SaleStorms.REPLIES
                  + SaleStorms.LEFT,
              "--rate=500",
              "--purchases=100");
      run.assertQuiet(ExitCode.VALID);
      assertThat(storms.history().attempts().count(Kind.SOLD)).isGreaterThanOrEqualTo(15);
    }
  }
}
