package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.cli.SqlShops.Kind;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.sql.SqlStrategy;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way to sell in a database, under load: sound ones are valid, broken ones are caught. */
@Timeout(300)
class SqlStrategyIT extends OnSqlShops {
  /** A race needs buyers to meet; in one storm in hundreds they may all miss each other. */
  private static final int MOST_STORMS = 20;

  private static Stream<Arguments> strategies(boolean sound) {
    return Arrays.stream(Kind.values())
        .flatMap(
            kind ->
                Arrays.stream(SqlStrategy.values())
                    .filter(strategy -> strategy.sound() == sound)
                    .filter(strategy -> kind == Kind.POSTGRESQL || sellsInSqlite(strategy))
                    .map(strategy -> Arguments.of(strategy, kind)));
  }

  static Stream<Arguments> sound() {
    return strategies(true);
  }

  static Stream<Arguments> broken() {
    return strategies(false);
  }

  private static boolean sellsInSqlite(SqlStrategy strategy) {
    return strategy != SqlStrategy.FOR_UPDATE && strategy != SqlStrategy.READ_THEN_WRITE;
  }

  private String database(Kind kind) throws Exception {
    return shops.database(kind);
  }

  private CommandRun storm(String url, String strategies) {
    return CommandRun.of(
        "storm",
        "--target=" + url,
        "--strategy=" + strategies,
        "--stock=50",
        "--threads=200",
        "--pool=8",
        "--timeout=20s",
        "--out=" + folder.resolve("runs"));
  }

  @ParameterizedTest
  @MethodSource("sound")
  void aSoundStrategySellsEveryTicketOnce(SqlStrategy strategy, Kind kind) throws Exception {
    var run = storm(database(kind), strategy.wireName());

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.out())
        .startsWith("VALID: sold 50 of 50 tickets, none twice; 200 buyers came")
        .doesNotContain("on purpose");
    var history = Storms.latest(folder.resolve("runs"));
    assertThat(history.run().strategy()).isEqualTo(strategy.wireName());
    assertThat(history.run().model()).isEqualTo(Model.BOUNDED);
    assertThat(history.orders()).hasSize(50);
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenStrategyIsCaught(SqlStrategy strategy, Kind kind) throws Exception {
    var url = database(kind);

    var caught =
        Stream.generate(() -> storm(url, strategy.wireName()))
            .limit(MOST_STORMS)
            .filter(run -> run.status() == ExitCode.INVALID.status())
            .findFirst();

    assertThat(caught).as("an invalid storm within " + MOST_STORMS).isPresent();
    assertThat(caught.get().text())
        .startsWith("INVALID: ")
        .contains("broken: oversell")
        .contains("strategy " + strategy + " (model bounded, broken on purpose) on key jdbc:");
    if (strategy == SqlStrategy.READ_THEN_WRITE) {
      assertThat(caught.get().text()).contains("fail duplicate ticket", "fail conservation");
    }
  }

  @Test
  void allThatMakeSenseAreCompared() throws Exception {
    var run = storm(database(Kind.SQLITE), "all");

    assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.INVALID.status());
    assertThat(run.err())
        .contains("left out: --strategy sql-for-update: SQLite has no `for update`")
        .contains("left out: --strategy sql-read-then-write: every transaction of SQLite is");
    assertThat(run.out())
        .containsPattern("(?m)^sql-conditional +VALID +50 ")
        .containsPattern("(?m)^sql-serializable +VALID +50 ")
        .containsPattern("(?m)^sql-no-check\\* +INVALID ");
  }

  @ParameterizedTest
  @EnumSource(names = {"FOR_UPDATE", "READ_THEN_WRITE"})
  void whatSqliteCannotShowIsRefused(SqlStrategy strategy) throws Exception {
    storm(database(Kind.SQLITE), strategy.wireName())
        .assertRefusedWith(ExitCode.USAGE, "--strategy " + strategy + ": ", "; choose another");
  }

  @Test
  void aStrategyIsForOneKindOfShop() {
    storm("jdbc:sqlite:shop.db", "decr")
        .assertRefusedWith(
            ExitCode.USAGE, "--strategy decr is for a Redis; for a database choose from sql-");
    storm("jdbc:sqlite:shop.db", "decr,sql-version")
        .assertRefusedWith(ExitCode.USAGE, "decr is for a Redis, and sql-version for a database");
    CommandRun.of("storm", "--strategy=sql-version", "--stock=1")
        .assertRefusedWith(
            ExitCode.USAGE, "--strategy sql-version is for a database; pass --target jdbc:");
    CommandRun.of("storm", "--strategy=sql-version", "--target=jdbc:sqlite:shop.db")
        .assertRefusedWith(ExitCode.USAGE, "--strategy: a database needs a fresh stock", "--stock");
  }
}
