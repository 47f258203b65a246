package io.github.ticketsim.cli;

import static io.github.ticketsim.cli.Crowd.BUYERS;
import static io.github.ticketsim.cli.Crowd.inFlight;
import static io.github.ticketsim.cli.Crowd.post;
import static io.github.ticketsim.cli.Crowd.records;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.ledger.sql.PostgresServer;
import io.github.ticketsim.ledger.sql.RecordsUrl;
import io.github.ticketsim.ledger.sql.SqlRuns;
import io.github.ticketsim.stock.redis.RedisServer;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records that survive: the service as a process that is killed, and a database that is. */
@Timeout(240)
class RecordsIT {
  private static final String KEY = "ticket:stock";

  @TempDir private Path folder;

  enum Kind {
    SQLITE,
    POSTGRESQL
  }

  private interface Trial {
    void of(String records) throws Exception;
  }

  /** Tries it on a new database. */
  private void on(Kind kind, Trial trial) throws Exception {
    switch (kind) {
      case SQLITE -> trial.of("jdbc:sqlite:" + folder.resolve("records.db"));
      case POSTGRESQL -> {
        try (var postgres = PostgresServer.start(folder.resolve("postgres"))) {
          trial.of(postgres.url());
        }
      }
    }
  }

  /**
   * Thrice killed under load: what was acknowledged is there, once, and so is what its key gave.
   */
  @ParameterizedTest
  @EnumSource
  void whatWasAcknowledgedSurvivesAKill(Kind kind) throws Exception {
    on(kind, this::surviveKills);
  }

  private void surviveKills(String records) throws Exception {
    try (var redis = RedisServer.own();
        var client = HttpClient.newHttpClient()) {
      var sale = new DurableSale(folder, redis, records);
      var acknowledged = new HashMap<String, String>();
      var asked = new HashSet<String>();
      for (var kills = 0; kills < 3; kills++) {
        try (var sim = sale.serve();
            var crowd = new Crowd()) {
          crowd.buy(sim.awaitUrl());
          Await.until("many have bought", () -> crowd.decided.size() > 100);
          sim.signal("KILL");
          var _ = sim.awaitExit();
          crowd.stop();
          acknowledged.putAll(crowd.decided);
          asked.addAll(crowd.asked);
          assertThat(crowd.odd).isEmpty();
        }
      }
      try (var sim = sale.serve()) {
        var url = sim.awaitUrl();
        assertThat(sim.err()).contains("a sale that goes on");
        var found = records(client, url);
        assertThat(found).containsAll(acknowledged.values());
        assertThat(found.stream().map(Crowd::id)).doesNotHaveDuplicates();
        assertThat(found).hasSizeBetween(acknowledged.size(), acknowledged.size() + 3 * BUYERS);
        for (var purchase : acknowledged.entrySet()) {
          assertThat(post(client, url, Optional.of(purchase.getKey())).body())
              .isEqualTo(purchase.getValue());
        }
        assertThat(records(client, url)).isEqualTo(found);
        for (var key : asked) {
          assertThat(post(client, url, Optional.of(key)).statusCode()).isIn(200, 504);
        }
        assertThat(300 - redis.counter(KEY))
            .as("tickets taken for %d keys", asked.size())
            .isLessThanOrEqualTo(asked.size());
        sim.signal("TERM");
        assertThat(sim.awaitExit()).as(sim.err() + sim.out()).isEqualTo(ExitCode.VALID.status());
      }
      var report = CommandRun.of("report", records);
      report.assertQuiet(ExitCode.VALID);
      assertThat(report.out())
          .contains("saved       " + records.replaceFirst("\\?.*", "") + "?run=");
    }
  }

  /** Redis takes the ticket while the service that asked for it is dead. */
  @ParameterizedTest
  @EnumSource
  void aKeyBuysNoSecondTicketThoughTheServiceWasKilledInBetween(Kind kind) throws Exception {
    on(kind, this::buyAgainAfterAKill);
  }

  private void buyAgainAfterAKill(String records) throws Exception {
    try (var redis = RedisServer.own();
        var client = HttpClient.newHttpClient();
        var crowd = new Crowd()) {
      var sale = new DurableSale(folder, redis, records);
      try (var sim = sale.serve()) {
        var url = sim.awaitUrl();
        redis.pause();
        crowd.buy(url);
        Await.until("all are under way", () -> inFlight(client, url) == BUYERS);
        redis.awaitTimeoutOf(Duration.ofMillis(500));
        sim.signal("KILL");
        var _ = sim.awaitExit();
      }
      redis.resume();
      crowd.stop();
      assertThat(crowd.decided).isEmpty();
      Await.until("Redis is done with the dead", () -> !redis.serves("ticket-sim-0"));
      var taken = 300 - redis.counter(KEY);
      assertThat(taken).isPositive();
      try (var sim = sale.serve()) {
        var url = sim.awaitUrl();
        var unknown = 0;
        for (var key : crowd.asked) {
          var answer = post(client, url, Optional.of(key));
          assertThat(answer.statusCode()).isIn(200, 504);
          unknown += answer.statusCode() == 504 ? 1 : 0;
          assertThat(post(client, url, Optional.of(key)).body()).isEqualTo(answer.body());
        }
        assertThat(unknown).isGreaterThanOrEqualTo((int) taken);
        assertThat(300 - redis.counter(KEY)).isLessThanOrEqualTo(crowd.asked.size());
        sim.signal("TERM");
        assertThat(sim.awaitExit()).as(sim.err()).isEqualTo(ExitCode.UNKNOWN.status());
        assertThat(sim.out()).startsWith("UNKNOWN");
      }
    }
  }

  /** Nothing is sold that is neither recorded nor reported as unknown, and the sale goes on. */
  @Test
  void aDatabaseThatDiesUnderLoadAndReturns() throws Exception {
    try (var postgres = PostgresServer.start(folder.resolve("postgres"));
        var redis = RedisServer.own();
        var client = HttpClient.newHttpClient()) {
      try (var sim = new DurableSale(folder, redis, postgres.url()).serve();
          var crowd = new Crowd()) {
        var url = sim.awaitUrl();
        crowd.buy(url);
        Await.until("many have bought", () -> crowd.decided.size() > 400);
        postgres.kill();
        Await.until("they are refused", () -> crowd.refused.size() > 100);
        var counter = redis.counter(KEY);
        var refused = crowd.refused.size();
        Await.until("more are refused", () -> crowd.refused.size() > refused + 100);
        assertThat(redis.counter(KEY)).as("no ticket was taken").isEqualTo(counter);
        postgres.restart();
        var decided = crowd.decided.size();
        Await.until("they buy again", () -> crowd.decided.size() > decided + 100);
        crowd.stop();
        assertThat(crowd.odd).isEmpty();
        var found = records(client, url);
        assertThat(found).containsAll(crowd.decided.values());
        assertThat(found.stream().map(Crowd::id))
            .doesNotHaveDuplicates()
            .containsAll(crowd.unknown.values().stream().map(Crowd::id).toList());
        assertThat(found)
            .hasSize(crowd.decided.size() + crowd.unknown.size())
            .hasSize((int) (300 - redis.counter(KEY)));
        sim.signal("TERM");
        assertThat(sim.awaitExit()).as(sim.err() + sim.out()).isEqualTo(ExitCode.VALID.status());
      }
    }
  }

  /** The report is there all the same, says what it does not know, and where that is to be had. */
  @Test
  void aDatabaseThatIsGoneAtTheEndIsSaidInOneLine() throws Exception {
    try (var postgres = PostgresServer.start(folder.resolve("postgres"));
        var redis = RedisServer.own();
        var client = HttpClient.newHttpClient();
        var sim = new DurableSale(folder, redis, postgres.url()).serve()) {
      var url = sim.awaitUrl();
      for (var i = 0; i < 310; i++) {
        assertThat(post(client, url, Optional.empty()).statusCode()).isEqualTo(200);
      }
      postgres.kill();
      sim.signal("TERM");
      assertThat(sim.awaitExit()).as(sim.err()).isEqualTo(ExitCode.UNAVAILABLE.status());
      assertThat(sim.err().lines().filter(line -> line.startsWith("ticket-sim: --records")))
          .singleElement()
          .asString()
          .contains(
              "310 attempts", "the database ", "`ticket-sim report 'jdbc:postgresql:", "run=");
      assertThat(sim.err()).doesNotContain("\tat ");
      assertThat(sim.out())
          .startsWith("UNKNOWN: sold between 0 and 300 of 300 tickets; 310 buyers came")
          .contains("the records cannot be read");
      CommandRun.of("report", "--out=" + folder.resolve("runs")).assertQuiet(ExitCode.UNKNOWN);
      postgres.restart();
      var report = CommandRun.of("report", postgres.url());
      assertThat(report.out()).contains("sold 300 of 300 tickets");
    }
  }

  @Test
  void aSaleIsCarriedOnOnlyAsItBegan() throws Exception {
    var records = "--records=jdbc:sqlite:" + folder.resolve("records.db");
    try (var redis = RedisServer.own();
        var sim = new DurableSale(folder, redis, records.substring(10)).serve()) {
      var _ = sim.awaitUrl();
      var options = List.of("serve", "--redis=" + redis.uri(), "--port=0", records);
      run(options, "--stock=300", "--out=" + folder)
          .assertRefusedWith(ExitCode.UNAVAILABLE, "another service", "--key");
      sim.signal("TERM");
      var _ = sim.awaitExit();
      run(options, "--stock=301", "--out=" + folder)
          .assertRefusedWith(ExitCode.USAGE, "--stock: 301", "300");
      run(options, "--stock=300", "--strategy=lua", "--out=" + folder)
          .assertRefusedWith(ExitCode.USAGE, "--strategy: lua", "decr");
      assertThat(redis.counter(KEY)).isEqualTo(300);
    }
  }

  /** Both find no sale; only one of them may fill the stock and sell. */
  @ParameterizedTest
  @EnumSource
  void ofTwoThatBeginASaleAtOnceOneSells(Kind kind) throws Exception {
    on(kind, this::beginTwice);
  }

  private void beginTwice(String records) throws Exception {
    SqlRuns.open(RecordsUrl.parse(records)).close();
    try (var redis = RedisServer.own();
        var client = HttpClient.newHttpClient();
        var connection = DriverManager.getConnection(records);
        var statement = connection.createStatement()) {
      // Sales can be looked for, but not begun.
      statement.execute(
          records.startsWith("jdbc:sqlite:")
              ? "BEGIN IMMEDIATE"
              : "BEGIN; LOCK TABLE ticket_run IN EXCLUSIVE MODE");
      try (var one =
              new DurableSale(Files.createDirectory(folder.resolve("1")), redis, records).serve();
          var other =
              new DurableSale(Files.createDirectory(folder.resolve("2")), redis, records).serve()) {
        Await.until("one has ended", () -> !one.running() || !other.running());
        var loser = one.running() ? other : one;
        assertThat(loser.awaitExit()).as(loser.err()).isEqualTo(ExitCode.UNAVAILABLE.status());
        assertThat(loser.err()).contains("another service is selling");
        statement.execute("ROLLBACK");
        var url = (one.running() ? one : other).awaitUrl();
        assertThat(post(client, url, Optional.empty()).statusCode()).isEqualTo(200);
        assertThat(redis.counter(KEY)).isEqualTo(299);
      }
    }
  }

  @Test
  void aServiceThatCannotStartLeavesNothingInDoubt() throws Exception {
    var records = "jdbc:sqlite:" + folder.resolve("records.db");
    try (var redis = RedisServer.own()) {
      redis.call("CONFIG", "SET", "maxclients", "10");
      CommandRun.of(
              "serve",
              "--redis=" + redis.uri(),
              "--port=0",
              "--stock=3",
              "--strategy=list",
              "--pool=64",
              "--records=" + records,
              "--out=" + folder.resolve("runs"))
          .assertRefusedWith(ExitCode.UNAVAILABLE, "clients");
      assertThat(CommandRun.of("report", records).out()).contains("outcomes of 0 attempts");
    }
  }

  /** A list without tokens is no list: it looks like one that Redis has lost. */
  @Test
  void aSecondServiceDoesNotPutBackWhatTheFirstHasJustTaken() throws Exception {
    var records = "--records=jdbc:sqlite:" + folder.resolve("records.db");
    try (var redis = RedisServer.own();
        var sim =
            TicketSimProcess.start(
                folder,
                "serve",
                "--cold",
                "--redis=" + redis.uri(),
                "--port=0",
                "--stock=3",
                "--strategy=list",
                records,
                "--out=" + folder.resolve("runs"))) {
      var _ = sim.awaitUrl();
      // As by a purchase that is not recorded yet.
      redis.call("DEL", KEY);
      CommandRun.of(
              "serve",
              "--redis=" + redis.uri(),
              "--port=0",
              "--stock=3",
              "--strategy=list",
              records,
              "--out=" + folder.resolve("others"))
          .assertRefusedWith(ExitCode.UNAVAILABLE, "another service");
      assertThat(redis.call("EXISTS", KEY)).isEqualTo(0L);
    }
  }

  private static CommandRun run(List<String> options, String... more) {
    var arguments = new ArrayList<>(options);
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }
}
