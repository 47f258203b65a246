package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.sql.LosingProxy;
import io.github.ticketsim.ledger.sql.PostgresServer;
import io.github.ticketsim.stock.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a sale whose PostgreSQL dies. */
@Timeout(300)
class SqlOutageIT {
  private static final int TIMES = Integer.getInteger("times", 1);

  /** Connections that break before COMMIT has reached the server, and as many after that. */
  private static final int LOST = 5;

  private static final String SALE =
      """
      setup:
        - create table if not exists tickets (id integer primary key, stock integer)
        - create table if not exists orders (id uuid primary key, customer integer)
        - delete from orders
        - delete from tickets
        - insert into tickets values (1, {{stock}})
      purchase:
        sql:
          - run: update tickets set stock = stock - 1 where id = 1 and stock > 0 returning stock as rest
            rows: 1
            else: sold_out
            keep: { rest: rest }
          - run: insert into orders values (?, ?)
            with: ["{{purchase}}", "{{customer}}"]
      value: "{{rest}}"
      value_model: bounded
      order: "{{purchase}}"
      left: select stock from tickets
      orders: select id, customer from orders
      """;

  @TempDir private Path folder;

  private CompletableFuture<CommandRun> storm(String url, String... options) throws Exception {
    Files.writeString(folder.resolve("sale.yaml"), SALE);
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("storm", "--sale=" + folder.resolve("sale.yaml")));
    arguments.addAll(List.of("--target=" + url, "--pool=16"));
    arguments.addAll(List.of("--out=" + folder.resolve("runs"), "--format=json"));
    arguments.addAll(List.of(options));
    return CommandRun.inBackground(arguments.toArray(String[]::new));
  }

  private static String through(LosingProxy proxy, PostgresServer server) {
    return server.url().replace(":" + server.port(), ":" + proxy.port());
  }

  private static long sold(PostgresServer server) {
    try (var connection = DriverManager.getConnection(server.url());
        var statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from orders")) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      // The tables are not there yet.
      return 0;
    }
  }

  /** All that was confirmed is there, and the rest is sold once the server is back. */
  @Test
  void aKillOfTheServerInMidStormNeverAccusesASoundSale() throws Exception {
    for (var time = 0; time < TIMES; time++) {
      try (var server = PostgresServer.start(folder.resolve("data" + time));
          var proxy = new LosingProxy(server.port())) {
        // The embedded one keeps commits in memory for a while, which a kill would lose.
        SqlShops.execute(server.url(), "alter database postgres set synchronous_commit = on");
        var run = storm(through(proxy, server), "--stock=600", "--threads=900", "--timeout=60s");
        Await.until("some are sold", () -> run.isDone() || sold(server) > 100);
        proxy.hold();
        server.kill();
        server.restart();
        proxy.letIn();

        var ended = run.get();
        var history = Storms.latest(folder.resolve("runs"));
        assertThat(ended.status()).as(ended.out() + ended.err()).isEqualTo(ExitCode.VALID.status());
        assertThat(history.ending().settlement().settled()).isTrue();
        assertThat(sold(server)).isEqualTo(600);
        assertThat(SaleStorms.attempts(history).map(attempt -> attempt.outcome().error()))
            .anySatisfy(error -> assertThat(error).contains("COMMIT: "));
      }
    }
  }

  /** A COMMIT that was done without an answer took a ticket, one that was never done took none. */
  @Test
  void aConnectionThatBreaksInMidCommitLeavesItsSaleOpen() throws Exception {
    try (var server = PostgresServer.start(folder.resolve("data"));
        var proxy = new LosingProxy(server.port())) {
      proxy.loseRequests(LOST);
      proxy.loseAnswers(LOST);

      var ended =
          storm(through(proxy, server), "--stock=40", "--threads=120", "--timeout=10s").get();

      var history = Storms.latest(folder.resolve("runs"));
      assertThat(ended.status()).as(ended.out() + ended.err()).isEqualTo(ExitCode.VALID.status());
      assertThat(proxy.hasLost()).isTrue();
      assertThat(history.ending().settlement().settled()).isTrue();
      assertThat(
              SaleStorms.attempts(history)
                  .map(Attempt::outcome)
                  .filter(Outcome.Indeterminate.class::isInstance))
          .hasSize(2 * LOST)
          .allSatisfy(outcome -> assertThat(outcome.error()).startsWith("COMMIT: "));
      assertThat(history.attempts().count(Outcome.Kind.SOLD)).isEqualTo(40 - LOST);
      assertThat(sold(server)).isEqualTo(40);
    }
  }

  /** Nobody can say whether the last ones are sold, and nothing more is proven. */
  @Test
  void aServerThatStaysDeadLeavesTheRunUnsettled() throws Exception {
    try (var server = PostgresServer.start(folder.resolve("data"))) {
      var run =
          storm(server.url(), "--stock=100000", "--threads=16", "--duration=3s", "--timeout=1s");
      Await.until("much is sold", () -> run.isDone() || sold(server) > 50);
      server.kill();

      var ended = run.get();
      assertThat(ended.status()).as(ended.out() + ended.err()).isEqualTo(ExitCode.UNKNOWN.status());
      var settlement = Storms.latest(folder.resolve("runs")).ending().settlement();
      assertThat(settlement.settled()).isFalse();
      assertThat(settlement.problem().orElseThrow()).contains("refused");
    }
  }
}
