package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.Ending.StopReason;
import io.github.ticketsim.metrics.Measurements;
import io.github.ticketsim.stock.Outcome.Kind;
import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Storms in good weather. */
@Timeout(180)
class StormIT {

  @AutoClose private static final RedisServer REDIS = RedisServer.any();

  @TempDir private Path out;

  private final String key = REDIS.freshKey();

  private CommandRun storm(String... options) {
    var all = Stream.concat(Stream.of("--key=" + key), Stream.of(options));
    return CommandRun.of(Storms.arguments(out, REDIS.uri(), all.toArray(String[]::new)));
  }

  @ParameterizedTest
  @CsvSource({
    "--pool=1, 100",
    "--pool=7, 100",
    "--pool=1000, 100",
    "--purchases=5, 100",
    "--strategy=DECR, 1",
  })
  void sellsExactlyTheStock(String option, int stock) {
    var run = storm("--threads=200", "--stock=" + stock, option);
    run.assertQuiet(ExitCode.VALID);
    var history = Storms.latest(out);
    var attempts = history.attempts();
    assertThat(attempts.count(Kind.SOLD)).isEqualTo(stock);
    assertThat(attempts.count(Kind.SOLD_OUT)).isEqualTo(attempts.size() - stock);
    assertThat(history.ending().settlement().left()).hasValue((long) stock - attempts.size());
    assertThat(REDIS.counter(key)).isEqualTo((long) stock - attempts.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"decr", "lua"})
  void sellsOverSharedConnections(String strategy) {
    var run =
        storm(
            "--pipeline", "--strategy=" + strategy, "--threads=500", "--purchases=4", "--stock=1k");
    run.assertQuiet(ExitCode.VALID);
    assertThat(run.text()).contains("4 purchases a buyer, pipelined, pool of 2, ");
    var attempts = Storms.latest(out).attempts();
    assertThat(attempts.count(Kind.SOLD)).isEqualTo(1_000);
    assertThat(attempts.count(Kind.SOLD_OUT)).isEqualTo(1_000);
  }

  @Test
  void sharesNoMoreConnectionsThanAskedForOrThanThereAreBuyers() {
    storm("--pipeline", "--threads=1", "--stock=1", "--purchases=2").assertQuiet(ExitCode.VALID);
    assertThat(Storms.latest(out).run().setup().orElseThrow().pool()).isEqualTo(1);
    storm("--pipeline", "--pool=3", "--stock=1").assertQuiet(ExitCode.VALID);
    assertThat(Storms.latest(out).run().setup().orElseThrow().pool()).isEqualTo(3);
  }

  @Test
  void makesEveryPurchaseOfEveryBuyer() {
    storm("--threads=30", "--purchases=40", "--stock=1k").assertQuiet(ExitCode.VALID);
    var attempts = Storms.latest(out).attempts();
    var each = new int[30];
    for (var i = 0; i < attempts.size(); i++) {
      each[attempts.buyer(i)]++;
    }
    assertThat(each).containsOnly(40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--pool=64", "--pipeline"})
  void rehearsesAStormOfManyAttemptsWithoutTakingAnything(String connections) {
    try (var own = RedisServer.own()) {
      var arguments =
          Storms.arguments(
              out,
              own.uri(),
              connections,
              "--key=rehearsed",
              "--threads=1k",
              "--purchases=100",
              "--stock=1k",
              "--strategy=decr,lua");
      var run = CommandRun.of(arguments);
      run.assertQuiet(ExitCode.VALID);
      assertThat(own.call("INFO", "commandstats").toString())
          .containsPattern("cmdstat_exists:calls=[1-9][0-9]{3,},")
          .containsPattern("cmdstat_ttl:calls=[1-9][0-9]{3,},");
      assertThat(Storms.latest(out).attempts().size()).isEqualTo(100_000);
      // It is no part of what a purchase costs.
      assertThat(run.out()).containsPattern("decr +VALID.* 1\\.00 ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--threads=1k, --purchases=99",
    "--threads=1k, --duration=1s",
    "--rate=100k, --duration=500ms",
  })
  void rehearsesNoStormThatIsOverBefore(String load, String demand) {
    try (var own = RedisServer.own()) {
      CommandRun.of(
          "storm",
          "--redis=" + own.uri(),
          "--out=" + out,
          "--key=short",
          "--stock=9",
          load,
          demand);
      assertThat(own.call("INFO", "commandstats").toString())
          .contains("cmdstat_decr")
          .doesNotContain("cmdstat_exists", "cmdstat_ttl");
    }
  }

  @Test
  void savesTheHistoryCompressedWhereAskedTo() {
    var run = storm("--stock=10", "--gzip");
    run.assertQuiet(ExitCode.VALID);
    assertThat(out.resolve("latest/history.ndjson")).doesNotExist();
    assertThat(out.resolve("latest/history.ndjson.gz")).isNotEmptyFile();
    assertThat(CommandRun.of("report", "--out=" + out)).isEqualTo(run);
  }

  @Test
  void buysUntilTheDurationIsOver() {
    storm("--duration=300ms", "--stock=10").assertQuiet(ExitCode.VALID);
    var history = Storms.latest(out);
    assertThat(history.ending().stopReason()).isEqualTo(StopReason.NONE);
    for (var i = 0; i < history.attempts().size(); i++) {
      var arrival = history.attempts().callNanos(i) - history.attempts().poolWaitNanos(i);
      assertThat(arrival).isBetween(0L, 300_000_000L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"poisson", "constant"})
  void anOpenLoadSellsExactlyTheStockToBuyersOfTheirOwn(String arrivals) {
    var run =
        storm(
            "--rate=5k",
            "--purchases=2000",
            "--ramp=200ms",
            "--warm-up=100ms",
            "--arrivals=" + arrivals,
            "--stock=700",
            "--threads=2000");
    run.assertQuiet(ExitCode.VALID);
    assertThat(run.out())
        .startsWith("VALID: sold 700 of 700 tickets")
        .contains("; 2,000 buyers came");
    var attempts = Storms.latest(out).attempts();
    assertThat(IntStream.range(0, 2_000).map(attempts::buyer).distinct().count()).isEqualTo(2_000);
    assertThat(CommandRun.of("report", "--out=" + out)).isEqualTo(run);
  }

  @Test
  void anOpenLoadIsReplayedByItsSeed() {
    var options = new String[] {"--rate=2k", "--duration=200ms", "--stock=9", "--seed=-5"};
    var run = storm(options);
    run.assertQuiet(ExitCode.VALID);
    assertThat(run.text()).contains(", seed -5,");
    var first = intended(Storms.latest(out).attempts());
    storm(options);
    assertThat(intended(Storms.latest(out).attempts())).isEqualTo(first);
    storm("--rate=2k", "--duration=200ms", "--stock=9");
    assertThat(intended(Storms.latest(out).attempts())).isNotEqualTo(first);
  }

  private static long[] intended(Attempts attempts) {
    return IntStream.range(0, attempts.size())
        .mapToLong(attempts::intendedNanos)
        .sorted()
        .toArray();
  }

  @Test
  void warmsUpInAClosedLoadToo() {
    var run = storm("--duration=400ms", "--warm-up=200ms", "--stock=10");
    run.assertQuiet(ExitCode.VALID);
    var history = Storms.latest(out);
    assertThat(history.run().warmUpMillis()).isEqualTo(200);
    assertThat(Measurements.of(history).warmedUp()).isBetween(1, history.attempts().size() - 1);
    assertThat(CommandRun.of("report", "--out=" + out)).isEqualTo(run);
  }

  @Test
  void exitsWithAMissedLimitOfAValidRun() {
    var run = storm("--stock=10", "--fail-if=throughput<1M/s", "--fail-if=failed>0%");
    assertThat(run.status()).isEqualTo(ExitCode.THRESHOLD.status());
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .startsWith("ticket-sim: decr missed the limit throughput<1M/s: ")
        .endsWith(" too little");
    assertThat(run.out()).startsWith("VALID").contains("held     failed>0%");
    assertThat(storm("--stock=20", "--fail-if=throughput<1M/s").status())
        .isEqualTo(ExitCode.UNKNOWN.status());
  }

  @Test
  void sellsWhatTheKeyHoldsWhereNoStockIsGiven() {
    REDIS.call("SET", key, "15");
    storm().assertQuiet(ExitCode.VALID);
    assertThat(Storms.latest(out).attempts().count(Kind.SOLD)).isEqualTo(15);
  }

  @Test
  void oneBuyerAloneIsJudgedToo() {
    storm("--threads=1", "--stock=1", "--purchases=2").assertQuiet(ExitCode.VALID);
  }

  @ParameterizedTest
  @CsvSource({"20, demand never exceeded the stock", "0, no sale was confirmed"})
  void neverCallsAStormValidThatProvedNothing(int stock, String reason) {
    var run = storm("--threads=20", "--stock=" + stock);
    run.assertQuiet(ExitCode.UNKNOWN);
    assertThat(run.text()).startsWith("UNKNOWN: ").contains(reason);
  }

  @Test
  void sellsNothingOfACounterBelowZero() {
    REDIS.call("SET", key, "-5");
    var run = storm();
    run.assertQuiet(ExitCode.UNKNOWN);
    assertThat(Storms.latest(out).attempts().count(Kind.SOLD_OUT)).isEqualTo(20);
  }

  @Test
  void isUnavailableWhereRedisRefusesEveryAttempt() {
    REDIS.call("SET", key, Long.toString(Long.MIN_VALUE));
    // DECR would overflow: Redis refuses each one, and says so.
    var run = storm();
    assertThat(run.status()).isEqualTo(ExitCode.UNAVAILABLE.status());
    assertThat(run.err()).containsOnlyOnce("all attempts failed");
    assertThat(Storms.latest(out).attempts().count(Kind.FAILED)).isEqualTo(20);
    assertThat(run.out()).startsWith("UNKNOWN: ").contains("overflow");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void aSavedRunIsReportedAsTheStormWas(String format) {
    var storm = storm("--stock=10", "--format=" + format);
    var latest = CommandRun.of("report", "--out=" + out, "--format=" + format);
    assertThat(latest).isEqualTo(storm);
    var folder = out.resolve(latest(out));
    assertThat(CommandRun.of("report", folder.toString(), "--format=" + format)).isEqualTo(storm);
  }

  @Test
  void savesTheJsonThatItPrints() throws Exception {
    var storm = storm("--stock=10", "--format=json");
    assertThat(out.resolve("latest/run.json")).content().isEqualTo(storm.out());
    assertThat(out.resolve("latest/latency.hlog")).isNotEmptyFile();
  }

  @Test
  void keepsEveryRunAndLetsLatestLeadToTheNewest() throws Exception {
    storm("--stock=1");
    var first = latest(out);
    storm("--stock=2");
    assertThat(latest(out)).isNotEqualTo(first);
    assertThat(Storms.latest(out).run().stock()).isEqualTo(2);
    try (var runs = Files.list(out)) {
      assertThat(runs).hasSize(3);
    }
  }

  private static Path latest(Path out) {
    try {
      return Files.readSymbolicLink(out.resolve("latest"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aHundredThousandBuyersAtOnceAreJudgedValid() {
    var run = storm("--threads=100k", "--stock=60k", "--timeout=30s");
    run.assertQuiet(ExitCode.VALID);
    assertThat(run.out())
        .startsWith("VALID: sold 60,000 of 60,000 tickets")
        .contains("; 100,000 buyers came");
    assertThat(Storms.latest(out).attempts().size()).isEqualTo(100_000);
  }
}
