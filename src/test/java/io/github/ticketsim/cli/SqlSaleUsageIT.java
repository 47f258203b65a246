package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.cli.SqlShops.Kind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is wrong with a sale in a database is one line, with its cure and the right exit code. */
@Timeout(120)
class SqlSaleUsageIT extends OnSqlShops {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sql: 'delete from a where b = {{customer}}' | 2: purchase.sql: {{customer}} stands in the"
            + " text of SQL; write ? there, and \"{{customer}}\" in with",
        "sql: { run: 'delete from a where b = ?' } | 2: purchase.sql.run: has 1 ?, and with has 0"
            + " values; give one for each",
        "sql: [ { run: 'delete from a', with: 1 } ] | 2: purchase.sql[0].run: has 0 ?, and with has"
            + " 1 values",
        "sql: { run: \"delete from a where b = '{{item}}'\" } | {{item}} stands in quotes or a"
            + " comment",
        "sql: { run: delete from a, rows: 1 } | 2: purchase.sql.rows: rows and else belong"
            + " together; add else",
        "sql: { run: delete from a, else: again } | 2: purchase.sql.else: rows and else belong"
            + " together; add rows",
        "sql: { run: delete from a, rows: 1, else: gone } | 2: purchase.sql.else: expected sold,"
            + " sold_out, limited, failed, again, found 'gone'",
        "sql: { run: commit } | 2: purchase.sql.run: 'commit' would begin or end a transaction",
        "sql: delete from a; delete from b | 2: purchase.sql: has 2 statements, expected one",
        "sql: [] | 2: purchase.sql: expected 1 to 100 steps, found 0",
        "{ sql: select 1, isolation: strict } | 2: purchase.isolation: expected read uncommitted,"
            + " read committed, repeatable read, serializable, found 'strict'",
        "{ sql: select 1, tries: 0 } | 2: purchase.tries: expected a whole number from 1",
        "sql: { run: select ?, with: '{{custmer}}' } | 2: purchase.sql.run: {{custmer}} is no known"
            + " value; known are {{buyer}}",
        "sql: { run: select 1, keep: { item: a } } | keeps {{item}}, which is a value already",
        "sql: { run: select 1 as a, keep: { a: a }, wiht: 1 } | 2: purchase.sql.wiht: unknown key,"
            + " expected run, with, rows",
      })
  void whatAPurchaseGetsWrong(String purchase, String words) throws Exception {
    var url = "jdbc:sqlite:" + folder.resolve("shop.db");
    shops
        .storm(
            url,
            "stock: 1\npurchase: "
                + (purchase.startsWith("{") ? purchase : "{ " + purchase + " }")
                + "\n")
        .assertRefusedWith(ExitCode.USAGE, words);
    assertThat(folder.resolve("shop.db")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "setup: insert into a values (?) | 3: setup: has a ? without a value",
        "setup: insert into a values ('{{stock}}') | 3: setup: {{stock}} stands in quotes",
        "setup: select {{stok}} | 3: setup: {{stok}} is no known value | did you mean {{stock}}?",
        "left: select {{customer}} | 3: left: {{customer}} is no known value; known are {{item}}",
        "replies: { sold: { status: 200 } } | 3: replies: is not for a database",
        "before: { post: /a } | 3: before: is not for a database",
        "value: /left | 3: value: '/left' is no value; of a database write one",
        "value: '{{rest}}' | value: no step keeps {{rest}}",
        "order: '{{nobody}}' | order: {{nobody}} is no known value",
        "{ items: 2, left: select stock from a } | says the same of each of 2 items; put {{item}}",
      })
  void whatTheFileGetsWrong(String line, String words) throws Exception {
    var rest = line.startsWith("{") ? line.substring(2, line.length() - 2) : line;
    shops
        .storm(
            "jdbc:sqlite:" + folder.resolve("shop.db"),
            "stock: 1\npurchase: { sql: delete from a }\n" + rest.replace(", left", "\nleft"))
        .assertRefusedWith(ExitCode.USAGE, words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:sqlite:shop.db | --strategy=lua | --strategy sells in a way of its own, and so does"
            + " the sale file; leave one out",
        "jdbc:sqlite:shop.db | --sold-if=status=201 | --sold-if is not for a database",
        "jdbc:sqlite:shop.db | --pipeline | --pipeline is not for a database",
        "jdbc:foo://me:secret@h/x | --seed=1 | --target: 'jdbc:foo://***@h/x' is for none of the"
            + " JDBC drivers on the class path",
        "jdbc:postgresql://h:x/y?password=secret | --seed=1 | --target: 'jdbc:postgresql://h:x/y'"
            + " is no address",
        "http://localhost | --seed=1 | the sale file is about a database; pass --target jdbc:",
      })
  void whatAnOptionGetsWrong(String url, String option, String words) throws Exception {
    var run = shops.storm(url, "stock: 1\npurchase: { sql: select 1 }\n", option);

    run.assertRefusedWith(ExitCode.USAGE, words);
    assertThat(run.err()).doesNotContain("secret");
  }

  @Test
  void aDatabaseNeedsAFileThatSaysHowItSells() {
    CommandRun.of("storm", "--target=jdbc:sqlite:shop.db", "--stock=1")
        .assertRefusedWith(ExitCode.USAGE, "--target is a database", "pass --sale FILE");
  }

  @ParameterizedTest
  @EnumSource
  void theDatabaseLooksAtAllStatementsAheadOfTheStorm(Kind kind) throws Exception {
    var sale = "stock: 1\npurchase:\n  sql:\n    - run: ";
    var url = shops.shop(kind);

    shops
        .storm(url, sale + "delete from nowhere\n")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "sale.yaml:4: purchase.sql[0].run:", "nowhere");
    shops
        .storm(url, sale + "deleet from tickets\n")
        .assertRefusedWith(ExitCode.USAGE, "sale.yaml:4: purchase.sql[0].run:", "syntax error");
    shops
        .storm(url, sale + "select stock from tickets\n      keep: { rest: left }\n")
        .assertRefusedWith(
            ExitCode.USAGE, "keep wants column left, and the statement gives stock", "`as left`");
    shops
        .storm(url, sale + "delete from tickets\n      keep: { rest: left }\n")
        .assertRefusedWith(ExitCode.USAGE, "keep wants column left, and the statement gives none");
    shops
        .storm(url, sale + "select 1\nsetup: delete from nowhere\n")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "sale.yaml:5: setup:", "nowhere", "correct setup");
    shops
        .storm(url, sale + "select 1\nleft: select stock from tickets where id = 9\n")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "sale.yaml:5: left: gives no row");
    shops
        .storm(url, sale + "select 1\nleft: select 1.5\n")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "left: gives '1.5', no whole number");
    shops
        .storm(url, sale + "select 1\nleft: select 7\n")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "7 tickets are left, but --stock is 1");
  }

  @Test
  void whatPostgresqlRefusesIsSaidWithoutSecrets() throws Exception {
    var port = shops.postgres().getPort();
    SqlShops.execute(
        shops.postgres().getJdbcUrl("postgres", "postgres"),
        "create role nobody login connection limit 2",
        "create database small");
    var cases =
        Stream.of(
            new String[] {"jdbc:postgresql://localhost:1/x?password=secret", "refused"},
            new String[] {
              "jdbc:postgresql://localhost:" + port + "/none?user=postgres&password=secret",
              "3D000 database \"none\" does not exist"
            },
            new String[] {
              "jdbc:postgresql://localhost:" + port + "/small?user=ghost&password=secret",
              "28000 role \"ghost\" does not exist; check user, password"
            },
            new String[] {
              "jdbc:postgresql://localhost:" + port + "/small?user=nobody&password=secret",
              "53300 too many connections for role \"nobody\"; lower --pool"
            });
    cases.forEach(
        wrong -> {
          try {
            var run = shops.storm(wrong[0], "buyers: 9\nstock: 1\npurchase: { sql: select 1 }\n");
            run.assertRefusedWith(ExitCode.UNAVAILABLE, wrong[1]);
            assertThat(run.err()).doesNotContain("secret");
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }
}
