package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.cli.SqlShops.Kind;
import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Storms on transactions of a user's own, on a real PostgreSQL and on SQLite. */
@Timeout(300)
class SqlSaleIT extends OnSqlShops {
  private Stream<Attempt> attempts(Outcome.Kind kind) {
    return SaleStorms.attempts(shops.history()).filter(attempt -> attempt.outcome().kind() == kind);
  }

  private static void assertBroken(CommandRun run, String... checks) {
    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitCode.INVALID.status());
    assertThat(run.text()).contains(checks);
  }

  @ParameterizedTest
  @EnumSource
  void theExampleOfTheManualSellsEveryTicketOnce(Kind kind) throws Exception {
    var run = shops.storm(shops.shop(kind), SqlShops.example());

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.text())
        .startsWith("VALID: sold 100 of 100 tickets")
        .contains("strategy sql (model tally) on key jdbc:" + kind.name().toLowerCase(Locale.ROOT))
        .contains("100 orders, one for each confirmed sale");
    assertThat(attempts(Outcome.Kind.LIMITED)).isNotEmpty();
    assertThat(shops.history().ending().settlement().settled()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void withoutTheConditionMoreIsSoldThanThereIs(Kind kind) throws Exception {
    assertBroken(
        shops.storm(shops.shop(kind), SqlShops.example().replace(" and stock > 0", "")),
        "broken: oversell");
  }

  @ParameterizedTest
  @EnumSource
  void aLimitThatNobodyKeepsIsNone(Kind kind) throws Exception {
    var url = shops.database(kind);
    SqlShops.execute(
        url,
        "create table tickets (id integer primary key, stock integer not null)",
        "insert into tickets values (1, 0)",
        "create table orders (id text primary key, customer integer not null)");

    assertBroken(shops.storm(url, SqlShops.example()), "customer", "broken: limit");
  }

  /** A second purchase of a customer is told that it is sold, and leaves no order. */
  @ParameterizedTest
  @EnumSource
  void aSaleWithoutItsOrderIsLost(Kind kind) throws Exception {
    var sale = SqlShops.example().replace("(?, ?)\"", "(?, ?) on conflict do nothing\"");

    assertBroken(shops.storm(shops.shop(kind), sale), "lost order", "conservation");
  }

  @ParameterizedTest
  @EnumSource
  void aConstraintThatSaysSoldOut(Kind kind) throws Exception {
    var url = shops.database(kind);
    SqlShops.execute(
        url,
        "create table tickets (id integer primary key, stock integer check (stock >= 0))",
        "insert into tickets values (1, 50)");
    var sale =
        """
        buyers: 200
        purchase:
          sql:
            - run: update tickets set stock = stock - 1 where id = 1
              on_check_violation: sold_out
        left: select stock from tickets where id = 1
        """;

    shops.storm(url, sale).assertQuiet(ExitCode.VALID);
    assertThat(attempts(Outcome.Kind.SOLD)).hasSize(50);

    SqlShops.execute(url, "update tickets set stock = 50");
    shops.storm(url, sale.replace("on_check_violation: sold_out", ""));
    assertThat(attempts(Outcome.Kind.FAILED)).hasSize(150);
  }

  @ParameterizedTest
  @EnumSource
  void repliesCarryWhatAStepKeeps(Kind kind) throws Exception {
    var url = shops.shop(kind);
    var sale =
        """
        stock: 60
        buyers: 200
        setup: ["update tickets set stock = {{stock}}", "delete from orders"]
        purchase:
          sql:
            - run: update tickets set stock = stock - 1 where stock > 0 returning stock as rest
              rows: 1
              else: sold_out
              keep: { rest: rest }
            - run: insert into orders (id, customer) values (?, ?)
              with: ["{{purchase}}", "{{customer}}"]
        value: "{{rest}}"
        order: "{{purchase}}"
        left: select stock from tickets
        orders: select id, customer from orders
        """;

    shops.storm(url, sale).assertQuiet(ExitCode.VALID);
    assertThat(shops.history().run().model()).isEqualTo(Model.BOUNDED);
    assertThat(attempts(Outcome.Kind.SOLD).map(sold -> sold.outcome().value().orElseThrow()))
        .hasSize(60)
        .doesNotHaveDuplicates();
    assertThat(attempts(Outcome.Kind.SOLD))
        .allSatisfy(sold -> assertThat(sold.particulars().order()).hasValue(sold.id().toString()));
  }

  @ParameterizedTest
  @EnumSource
  void severalItemsQuantitiesAndPurchasesThatAreSentTwice(Kind kind) throws Exception {
    var url = shops.database(kind);
    Files.writeString(folder.resolve("users.csv"), "note\n" + "it's ?; {{x}}\n".repeat(300));

    var run =
        shops.storm(
            url,
            """
            stock: 40
            buyers: 300
            items: [A, "b'c"]
            quantity: [1, 3]
            retry: 20%
            data: users.csv
            setup:
              - create table seats (item varchar(9) primary key, stock integer)
              - create table sold (id varchar(36) primary key, customer integer, item varchar(9), n integer, note varchar(99))
              - insert into seats values ({{item}}, {{stock}})
            purchase:
              sql:
                - run: insert into sold values (?, ?, ?, ?, ?)
                  with: ["{{purchase}}", "{{customer}}", "{{item}}", "{{quantity}}", "a {{data.note}}"]
                  on_unique_violation: sold
                - run: update seats set stock = stock - ? where item = ? and stock >= ?
                  with: ["{{quantity}}", "{{item}}", "{{quantity}}"]
                  rows: 1
                  else: sold_out
            left: select stock from seats where item = {{item}}
            orders: select id, customer, item, n as quantity from sold
            """,
            "--seed=1");

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.text()).contains("20% sent again");
    assertThat(shops.history().ending().leftByItem()).containsKeys("A", "b'c");
  }

  /** The order of the steps of two buyers is not the same, so that they wait for each other. */
  @Test
  void aDeadlockIsFailedAndCanBeTriedAgain() throws Exception {
    var url = shops.database(Kind.POSTGRESQL);
    SqlShops.execute(
        url,
        "create table seats (id integer primary key, stock integer)",
        "insert into seats values (0, 20), (1, 20)",
        "alter database " + url.replaceAll(".*/|[?].*", "") + " set deadlock_timeout = '5ms'");
    var sale =
        """
        buyers: 200
        purchase:
          sql:
            - run: update seats set stock = stock - 1 where id = mod(cast(? as integer), 2) and stock > 0
              with: "{{buyer}}"
              rows: 1
              else: sold_out
            - run: update seats set stock = stock - 0 where id = mod(cast(? as integer) + 1, 2)
              with: "{{buyer}}"
        left: select sum(stock) from seats
        """;

    shops.storm(url, sale);
    assertThat(attempts(Outcome.Kind.FAILED))
        .isNotEmpty()
        .allSatisfy(failed -> assertThat(failed.outcome().error()).contains("40P01 deadlock"));

    SqlShops.execute(url, "update seats set stock = 20");
    shops.storm(url, sale.replace("purchase:\n", "purchase:\n  tries: 1000\n"));
    assertThat(attempts(Outcome.Kind.FAILED)).isEmpty();
  }

  /** A lock that nobody gives back: COMMIT was never sent. */
  @Test
  void whatTakesTooLongBeforeCommitIsFailed() throws Exception {
    var url = shops.shop(Kind.POSTGRESQL);
    SqlShops.execute(url, "update tickets set stock = 100");
    try (var other = DriverManager.getConnection(url);
        var lock = other.createStatement()) {
      other.setAutoCommit(false);
      lock.execute("select * from tickets for update");
      var run =
          shops.storm(
              url,
              SqlShops.example().replaceFirst("(?m)^setup: .*", ""),
              "--threads=8",
              "--pool=4",
              "--timeout=300ms");
      assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.UNAVAILABLE.status());
    }
    assertThat(attempts(Outcome.Kind.FAILED))
        .hasSize(8)
        .allSatisfy(
            failed ->
                assertThat(failed.outcome().error())
                    .startsWith("before COMMIT: no end within 300 ms"));
    assertThat(shops.history().ending().settlement().settled()).isTrue();
    assertThat(shops.history().ending().settlement().left()).hasValue(100);
  }
}
