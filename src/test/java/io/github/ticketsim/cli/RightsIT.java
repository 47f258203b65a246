package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a storm says to a user who may not do all that it takes, before it touches the stock. */
@Timeout(120)
class RightsIT {
  private static final String SETTLE = " +client|setname +client|list";

  @AutoClose private static final RedisServer REDIS = RedisServer.own();

  @TempDir private Path out;

  private final String key = REDIS.freshKey();

  @BeforeEach
  void fill() {
    REDIS.call("SET", key, "10");
  }

  /** A user with these rules alone, and how to log in as such. */
  private static String user(String name, String rules) {
    REDIS.call(("ACL SETUSER " + name + " reset on >secret " + rules).split(" "));
    return REDIS.uri(name + ":secret");
  }

  private CommandRun storm(String uri, String... options) {
    return CommandRun.of(
        Storms.arguments(
            out,
            uri,
            Stream.concat(Stream.of("--key", key), Stream.of(options)).toArray(String[]::new)));
  }

  @ParameterizedTest
  @CsvSource({
    "decr, -decr, +decr",
    "decr-incr, -incr, +incr",
    "lua, -eval -evalsha, +evalsha +eval",
    "lua, -decr, +decr",
    "watch, -watch, +watch",
    "watch, -unwatch, +unwatch",
    "watch, -exec, +exec",
    "watch, -multi, +multi",
    "lock, -eval, +eval",
    "lock, -del, +del",
    "get-set, -set, +set",
    "get-decr, -get, +get",
    "list, -llen -lpop, +llen +lpop",
  })
  void namesTheRightsThatAStrategyLacks(String strategy, String without, String rules) {
    var uri = user("anna", "~" + key + "* +@all " + without);
    storm(uri, "--strategy", strategy)
        .assertRefusedWith(
            ExitCode.UNAVAILABLE,
            "NOPERM",
            "strategy " + strategy,
            "`ACL SETUSER anna " + rules + "`");
    assertThat(REDIS.counter(key)).isEqualTo(10);
    assertThat(out).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"decr, -set, +set", "list, -rpush, +rpush", "lock, -del, +del"})
  void namesTheRightsThatPreloadingLacks(String strategy, String without, String rules) {
    var uri = user("anna", "~" + key + "* +@all " + without);
    var line = "`ACL SETUSER anna " + rules + "`";
    storm(uri, "--strategy", strategy, "--stock", "20")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "NOPERM", line);
    CommandRun.of("preload", "--redis", uri, "--key", key, "--strategy", strategy, "--stock", "20")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "NOPERM", line);
    assertThat(REDIS.counter(key)).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({"-set, +set", "-decr, +decr", "-lrange, +lrange", "-function, +function|load"})
  void namesTheRightsThatASaleFileLacks(String without, String rules) throws Exception {
    var sale =
        """
        buyers: 20
        target: redis://localhost
        setup: ["SET KEY 20", "FUNCTION LOAD REPLACE \\"#!lua name=none\\\\nreturn 1\\""]
        purchase: { command: DECR KEY }
        replies: { sold: { 'reply>=': 0 }, sold_out: { 'reply<': 0 } }
        left: GET KEY
        orders: LRANGE KEY:orders 0 -1
        """;
    var file = out.resolve("sale.yaml");
    Files.writeString(file, sale.replace("KEY", key));
    var uri = user("anna", "~" + key + "* +@all " + without);
    CommandRun.of("storm", "--sale=" + file, "--redis=" + uri, "--out=" + out.resolve("runs"))
        .assertRefusedWith(
            ExitCode.UNAVAILABLE, "NOPERM", "this sale", "`ACL SETUSER anna " + rules + "`");
    assertThat(REDIS.counter(key)).isEqualTo(10);
  }

  @Test
  void theLineThatItNamesIsTheCure() {
    var uri = user("anna", "~" + key + " +get +decr +multi" + SETTLE);
    storm(uri, "--strategy", "lua")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "`ACL SETUSER anna +evalsha +eval`");
    REDIS.call("ACL", "SETUSER", "anna", "+evalsha", "+eval");
    storm(uri, "--strategy", "lua").assertQuiet(ExitCode.VALID);
  }

  @Test
  void namesTheKeyThatTheUserMayNotUse() {
    storm(user("anna", "~other:* +@all"))
        .assertRefusedWith(
            ExitCode.UNAVAILABLE, "NOPERM", "strategy decr", "`ACL SETUSER anna ~" + key + "`");
  }

  @Test
  void namesTheKeyOfTheLockBesideTheStock() {
    storm(user("anna", "~" + key + " +@all"), "--strategy", "lock")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "`ACL SETUSER anna ~" + key + ":lock`");
  }

  @Test
  void testsAllStrategiesBeforeTheFirstSells() {
    storm(user("anna", "~" + key + " +@all -evalsha"), "--strategy", "decr,lua", "--stock", "5")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "strategy lua", "`ACL SETUSER anna +evalsha`");
    assertThat(REDIS.counter(key)).isEqualTo(10);
  }

  @Test
  void warnsBeforeTheStormThatItCanProveNothing() {
    var run = storm(user("anna", "~" + key + " +get +decr +multi"));
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .contains("warning: ", "UNKNOWN", "`ACL SETUSER anna +client|setname +client|list`");
    assertThat(run.status()).isEqualTo(ExitCode.UNKNOWN.status());
    assertThat(run.out()).contains("sold 10 of 10 tickets", "NOPERM", "client|list");
    assertThat(Storms.latest(out).ending().settlement().settled()).isFalse();
    assertThat(REDIS.counter(key)).isEqualTo(-10);
  }

  @Test
  void warnsOfWhatItCannotTest() {
    var run = storm(user("anna", "~" + key + " +get +decr" + SETTLE));
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .contains("warning: ", "whether it may DECR", "`ACL SETUSER anna +multi`")
        .doesNotContain("UNKNOWN");
    assertThat(run.status()).isEqualTo(ExitCode.VALID.status());
  }

  @Test
  void saysInAComparisonWhyEveryAttemptFailed() {
    // Without MULTI nobody can tell beforehand.
    var run =
        storm(
            user("anna" + UUID.randomUUID(), "~" + key + " +get +set" + SETTLE),
            "--strategy",
            "decr,get-decr",
            "--stock",
            "5");
    assertThat(run.status()).isEqualTo(ExitCode.UNAVAILABLE.status());
    assertThat(run.err())
        .contains("strategy decr: all attempts failed, most often (20 of 20): NOPERM")
        .contains("strategy get-decr: all attempts failed, most often (20 of 20): NOPERM");
  }
}
