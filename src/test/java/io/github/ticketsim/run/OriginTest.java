package io.github.ticketsim.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.stock.UnclearReply;
import io.github.ticketsim.stock.sql.SqlSale;
import io.github.ticketsim.verify.Advice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A user is advised what that user can do. */
class OriginTest {
  private static final String STORM = "1 purchase a buyer";
  private static final Outcome LOST = new Outcome.Indeterminate("no reply");
  private static final Outcome REFUSED = new Outcome.SoldOut(OptionalLong.empty());

  private static RunResult result(String strategy, String load, long stock, Outcome... outcomes) {
    var attempts =
        IntStream.range(0, outcomes.length)
            .mapToObj(
                i ->
                    Attempt.of(
                        new UUID(0, i),
                        0,
                        i,
                        OptionalLong.empty(),
                        0,
                        outcomes[i].kind().replied() ? OptionalLong.of(9) : OptionalLong.empty(),
                        outcomes[i]))
            .toList();
    var setup =
        new Run.Setup("0", "server", load, 9, 1, OptionalLong.empty(), /* sameRequest= */ false);
    var run =
        Run.of(
            new UUID(0, 0),
            Instant.EPOCH,
            strategy,
            Model.TALLY,
            "key",
            stock,
            outcomes.length,
            Optional.of(setup));
    var ending = new Ending(Settlement.settled(stock), Ending.StopReason.FULL);
    return RunResult.of(History.of(run, Attempts.of(attempts), ending));
  }

  private static String advice(String strategy, String load, long stock, Outcome... outcomes) {
    return String.join("\n", texts(result(strategy, load, stock, outcomes)));
  }

  private static List<String> texts(RunResult result) {
    return result.verdict().advice().stream().map(Advice::text).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "decr, 'preload some stock, or pass --stock'",
    "http, put tickets on sale in the shop",
    "method, pass more tickets to TicketStorm.of"
  })
  void withoutStockItSaysWhereStockComesFrom(String strategy, String cure) {
    assertThat(advice(strategy, STORM, 0, REFUSED)).contains("there was nothing to sell; " + cure);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "sql"})
  void demandIsRaisedInASaleFileToo(String strategy) {
    var history = result(strategy, STORM, 5, REFUSED).history();

    assertThat(Origin.ENDPOINT.advice(history, List.of(Advice.Lack.DEMAND)))
        .extracting(Advice::text)
        .first()
        .asString()
        .contains("raise --threads (buyers in a sale file)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"decr", "http", "method"})
  void withStockItDoesNotAskForStock(String strategy) {
    assertThat(advice(strategy, STORM, 1, LOST, LOST))
        .contains("no sale was confirmed; ")
        .doesNotContain("preload", "--stock", "nothing to sell");
  }

  @Test
  void aFreshServiceAsksForPurchases() {
    assertThat(advice("decr", RunResult.SERVICE_LOAD, 10))
        .contains("nobody tried to buy; send purchases first", "send more purchases than there");
  }

  @ParameterizedTest
  @CsvSource({
    "decr, pass --limit",
    "http, pass --limit",
    "method, pass how many tickets a customer may have to limitPerCustomer"
  })
  void refusalsAsLimitedAskForTheLimit(String strategy, String cure) {
    assertThat(advice(strategy, STORM, 1, new Outcome.Limited(OptionalLong.empty())))
        .contains("refused as limited, but no limit is stated to judge that by; " + cure);
  }

  @ParameterizedTest
  @CsvSource({
    "once: ERROR: could not serialize access, set tries in the purchase of the sale file",
    "3 times: ERROR: could not serialize access, or raise it",
  })
  void transactionsThatOthersOvertookAreTriedAgain(String end, String cure) {
    var overtaken = new Outcome.Failed(SqlSale.OVERTAKEN + end);

    assertThat(advice("sql", STORM, 1, overtaken, overtaken, LOST))
        .contains("no sale was confirmed")
        .contains("; set tries in the purchase of the sale file, or raise it: ")
        .contains(cure)
        .doesNotContain("--timeout");
    assertThat(advice("sql", STORM, 1, overtaken, LOST)).contains("--timeout");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "sql", "command", "script"})
  void whoRunsASaleFileFromJavaHasNoOptions(String strategy) {
    var lost = new Outcome.Failed("Connection refused");
    var limited = new Outcome.Limited(OptionalLong.empty());
    var accepted =
        new Outcome.Indeterminate(
            new UnclearReply(202, List.of(), Optional.empty(), "{\"accepted\":true}").words());
    Stream.of(
            result(strategy, STORM, 0, REFUSED),
            result(strategy, STORM, 9, REFUSED),
            result(strategy, STORM, 9, limited),
            result(strategy, STORM, 9, LOST, REFUSED),
            result(strategy, STORM, 1, lost, LOST),
            result(strategy, STORM, 1, accepted, accepted))
        .map(result -> RunResult.of(result.history(), Origin.FILE))
        .forEach(
            result ->
                assertThat(
                        Stream.concat(
                            texts(result).stream(), result.warnings().stream().map(Warning::text)))
                    .isNotEmpty()
                    .allSatisfy(text -> assertThat(text).doesNotContain("--", "preload")));
  }

  @ParameterizedTest
  @CsvSource({"decr, " + RunResult.SERVICE_LOAD, "method, " + STORM})
  void noOptionIsNamedThatThisUserDoesNotHave(String strategy, String load) {
    Stream.of(
            result(strategy, load, 0, REFUSED),
            result(strategy, load, 1),
            result(strategy, load, 9, REFUSED),
            result(strategy, load, 9, new Outcome.Limited(OptionalLong.empty())),
            result(strategy, load, 9, LOST, REFUSED),
            result(strategy, load, 1, LOST, LOST))
        .forEach(
            result -> {
              var texts = result.warnings().stream().map(Warning::text);
              assertThat(Stream.concat(texts(result).stream(), texts).toList())
                  .as(List.of(result.history().attempts().size()).toString())
                  .isNotEmpty()
                  .allSatisfy(
                      text ->
                          assertThat(text)
                              .doesNotContain(
                                  "--limit",
                                  "--threads",
                                  "--purchases",
                                  "--duration",
                                  "--timeout",
                                  "preload"));
            });
  }
}
