package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.Outcome.Kind;
import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors in place of replies: those of Redis itself prove something, those of a proxy do not. */
@Timeout(120)
class RefusalIT {
  private static final int STOCK = 200_000;

  @AutoClose private final RedisServer redis = RedisServer.own();

  @TempDir private Path out;

  private CommandRun storm(String uri, String... options) {
    return CommandRun.of(
        Storms.arguments(
            out,
            uri,
            Stream.concat(Stream.of("--threads=100", "--purchases=10"), Stream.of(options))
                .toArray(String[]::new)));
  }

  @ParameterizedTest
  @CsvSource({
    "decr, DECR, ERR upstream failure, --pool=8",
    "decr, DECR, upstream failure, --pool=8",
    "decr, DECR, ERR Connection timed out, --pipeline",
    "decr-incr, DECR, ERR upstream failure, --pool=8",
    "decr-incr, INCR, ERR upstream failure, --pool=8",
    "lua, EVALSHA, ERR upstream failure, --pool=8",
    "lua, EVALSHA, ERR upstream failure, --pipeline",
    "watch, EXEC, ERR upstream failure, --pool=8",
    "watch, DECR, ERR upstream failure, --pool=8",
    "list, LPOP, ERR upstream failure, --pool=8",
  })
  void aProxyThatHidesASaleBehindAnErrorIsNoProofThatNothingWasSold(
      String strategy, String command, String error, String connections) throws Exception {
    try (var proxy = MeddlingProxy.failing(redis.port(), command, 70, error)) {
      var run = storm(proxy.uri(), "--strategy=" + strategy, "--stock=500", connections);
      run.assertQuiet(ExitCode.VALID);
      var attempts = Storms.latest(out).attempts();
      assertThat(proxy.meddled()).isPositive();
      assertThat(attempts.count(Kind.INDETERMINATE)).isEqualTo(proxy.meddled());
      assertThat(attempts.count(Kind.FAILED)).isZero();
      assertThat(run.out()).contains("sold 500 of 500 tickets");
    }
  }

  /** The test before the storm finds the error, so no attempt is made. */
  private void assertNothingIsSold(String strategy, String connections, String words) {
    var run = storm(redis.uri(), "--strategy=" + strategy, connections);
    assertThat(run.status()).as(run.out()).isEqualTo(ExitCode.UNAVAILABLE.status());
    assertThat(run.out() + run.err()).contains(words);
    assertThat(out.resolve("latest")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"decr, --pool=8", "lua, --pool=8", "lua, --pipeline", "watch, --pool=8"})
  void aRedisWithoutMemorySellsNothing(String strategy, String connections) {
    redis.call("SET", LongStorm.KEY, "500");
    redis.call("CONFIG", "SET", "maxmemory", "1");
    assertNothingIsSold(strategy, connections, "OOM command not allowed");
    assertThat(redis.counter(LongStorm.KEY)).isEqualTo(500);
  }

  private void failToSave() throws Exception {
    var dir = Path.of((String) ((java.util.List<?>) redis.call("CONFIG", "GET", "dir")).get(1));
    // No file can take its place.
    Files.createDirectories(dir.resolve("dump.rdb").resolve("in-the-way"));
    redis.call("BGSAVE");
    Await.until(
        "saving has failed",
        () -> redis.call("INFO", "persistence").toString().contains("rdb_last_bgsave_status:err"));
  }

  /** A Redis that never saves by itself does not mind that it cannot. */
  private void minds() {
    redis.call("CONFIG", "SET", "save", "3600 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--pool=8", "--pipeline"})
  void aRedisThatCannotSaveSellsNothing(String connections) throws Exception {
    redis.call("SET", LongStorm.KEY, "500");
    failToSave();
    minds();
    assertNothingIsSold("lua", connections, "MISCONF");
    assertThat(redis.counter(LongStorm.KEY)).isEqualTo(500);
  }

  private LongStorm middleOfAStorm(String strategy, String connections) throws Exception {
    return LongStorm.start(out, redis, STOCK, "--strategy=" + strategy, connections).awaitMiddle();
  }

  private void assertTheRestFailed(CommandRun run, String words) {
    run.assertQuiet(ExitCode.UNKNOWN);
    assertThat(run.out()).contains(words);
    var history = Storms.latest(out);
    var attempts = history.attempts();
    assertThat(attempts.count(Kind.INDETERMINATE)).isZero();
    assertThat(attempts.count(Kind.FAILED)).isPositive();
    assertThat(history.ending().settlement().left())
        .hasValue(STOCK - attempts.count(Kind.SOLD) - attempts.count(Kind.SOLD_OUT));
  }

  @ParameterizedTest
  @CsvSource({"decr, --seed=1", "decr, --pipeline", "lua, --seed=1", "lua, --pipeline"})
  void whatARedisDeclinesThatRunsOutOfMemoryDuringASaleHasFailed(
      String strategy, String connections) throws Exception {
    var storm = middleOfAStorm(strategy, connections);
    redis.call("CONFIG", "SET", "maxmemory", "1");
    assertTheRestFailed(storm.awaitEnd(), "OOM command not allowed");
  }

  @ParameterizedTest
  @CsvSource({"decr, --seed=1", "decr, --pipeline", "lua, --seed=1", "lua, --pipeline"})
  void whatARedisDeclinesThatCannotSaveDuringASaleHasFailed(String strategy, String connections)
      throws Exception {
    failToSave();
    var storm = middleOfAStorm(strategy, connections);
    minds();
    assertTheRestFailed(storm.awaitEnd(), "MISCONF");
  }
}
