package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.stock.redis.RedisServer;
import io.github.ticketsim.stock.redis.RedisStrategy;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import redis.embedded.RedisExecProvider;

/** Each way to sell, under load: the sound ones are found valid, the broken ones are caught. */
@Timeout(300)
class StrategyIT {
  /** A race needs buyers to meet; in one storm in hundreds they may all miss each other. */
  private static final int MOST_STORMS = 20;

  @AutoClose private final RedisServer redis = RedisServer.any();

  @TempDir private Path out;

  static Stream<RedisStrategy> sound() {
    return RedisStrategy.known().stream().filter(RedisStrategy::sound);
  }

  static Stream<RedisStrategy> broken() {
    return Stream.of(RedisStrategy.values()).filter(strategy -> !strategy.sound());
  }

  private CommandRun storm(RedisStrategy strategy) {
    return CommandRun.of(
        Storms.arguments(
            out, redis.uri(), "--strategy=" + strategy, "--stock=300", "--threads=1000"));
  }

  @ParameterizedTest
  @MethodSource("sound")
  void aSoundStrategySellsEveryTicketOnce(RedisStrategy strategy) {
    var run = storm(strategy);

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.out())
        .startsWith("VALID: sold 300 of 300 tickets")
        .contains("; 1,000 buyers came")
        .doesNotContain("on purpose");
    assertThat(Storms.latest(out).run().strategy()).isEqualTo(strategy.wireName());
    assertThat(Storms.latest(out).run().model()).isEqualTo(strategy.model());
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenStrategyIsCaught(RedisStrategy strategy) {
    var caught =
        Stream.generate(() -> storm(strategy))
            .limit(MOST_STORMS)
            .filter(run -> run.status() == ExitCode.INVALID.status())
            .findFirst();

    assertThat(caught).as("an invalid storm within " + MOST_STORMS).isPresent();
    assertThat(caught.get().text()).startsWith("INVALID: ").contains("broken: oversell");
    assertThat(caught.get().text())
        .contains("strategy " + strategy + " (model bounded, broken on purpose) on key");
  }

  @Test
  void severalStrategiesRunInTurnAndAreCompared() {
    var run =
        CommandRun.of(Storms.arguments(out, redis.uri(), "--strategy=decr,lua,list", "--stock=5"));

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.outLines().getFirst()).startsWith("strategy").contains("cmds");
    assertThat(run.outLines().subList(1, 4))
        .satisfiesExactly(
            line -> assertThat(line).matches("decr +VALID +5 .*"),
            line -> assertThat(line).matches("lua +VALID +5 .*"),
            line -> assertThat(line).matches("list +VALID +5 .*"));
    assertThat(run.outLines().stream().filter(line -> line.startsWith("saved  "))).hasSize(3);
  }

  @Test
  void oneBrokenStrategyMakesTheWholeComparisonInvalid() {
    var run =
        CommandRun.of(
            Storms.arguments(
                out,
                redis.uri(),
                "--strategy=get-set,decr",
                "--stock=300",
                "--threads=1000",
                "--format=json"));

    run.assertQuiet(ExitCode.INVALID);
    assertThat(run.out()).startsWith("[ {").contains("\"INVALID\"", "\"VALID\"");
  }

  @Test
  void aComparisonMarksWhatIsBrokenOnPurpose() {
    var run =
        CommandRun.of(
            Storms.arguments(out, redis.uri(), "--strategy=decr,short-lock", "--stock=5"));

    assertThat(run.outLines().get(1)).startsWith("decr ");
    assertThat(run.outLines().get(2)).startsWith("short-lock* ");
    assertThat(run.outLines()).contains("* broken on purpose: must come out INVALID");
  }

  @ParameterizedTest
  @CsvSource({
    "increx, INCREX;, needs Redis 8.8 or Valkey 9.2",
    "set-ifeq, SET IFEQ;, needs Redis 8.4 or Valkey 8.1"
  })
  void aStrategyThatTheServerDoesNotKnowIsRefusedBeforeTheStockIsTouched(
      String strategy, String words, String needs) throws Exception {
    try (var own = RedisServer.own()) {
      CommandRun.of(
              Storms.arguments(
                  out, own.uri(), "--strategy=decr," + strategy, "--stock=10", "--threads=20"))
          .assertRefusedWith(
              ExitCode.UNAVAILABLE,
              "Redis " + RedisExecProvider.redisVersion + " does not know " + words,
              "strategy " + strategy + " " + needs);
      assertThat(own.call("EXISTS", "ticket:stock")).isEqualTo(0L);
    }
    CommandRun.of("storm", "--embedded", "--strategy=" + strategy, "--stock=10")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "does not know " + words, needs);
  }

  @Test
  void severalStrategiesNeedAStockEach() {
    CommandRun.of(Storms.arguments(out, redis.uri(), "--strategy=all"))
        .assertRefusedWith(ExitCode.USAGE, "--strategy", "--stock N");
  }

  @Test
  void preloadPreparesWhatTheStrategySellsFrom() {
    CommandRun.of("preload", "--redis", redis.uri(), "--stock=10", "--strategy=list")
        .assertQuiet(ExitCode.VALID);
    var run = CommandRun.of(Storms.arguments(out, redis.uri(), "--strategy=list"));

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.out()).startsWith("VALID: sold 10 of 10 tickets").contains("; 20 buyers came");
  }

  @Test
  void aStrategyWhoseKeyHoldsAnotherTypeIsUnavailable() {
    CommandRun.of("preload", "--redis", redis.uri(), "--stock=10").assertQuiet(ExitCode.VALID);

    CommandRun.of(Storms.arguments(out, redis.uri(), "--strategy=list"))
        .assertRefusedWith(ExitCode.UNAVAILABLE, "WRONGTYPE", "--stock N");
  }
}
