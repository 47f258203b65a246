package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong with a stock in real life is found, named, and proven by a few attempts. */
@Timeout(300)
class CauseIT {
  private static final int STOCK = 30_000;
  private static final Pattern UNDONE =
      Pattern.compile("values stepped back up: ([0-9,]+) acknowledged sales undone");

  @AutoClose private final RedisServer redis = RedisServer.own();

  @TempDir private Path out;

  private LongStorm middleOfAStorm(String... options) throws Exception {
    return LongStorm.start(out, redis, STOCK, options).awaitMiddle();
  }

  /** The causes that the report names; the part that proves the verdict is invalid by itself. */
  private String causes(CommandRun run) {
    assertThat(run.status()).as(run.out()).isEqualTo(ExitCode.INVALID.status());
    var witness = out.resolve("witness.ndjson").toString();
    var again = CommandRun.of("report", "--out", out.toString(), "--witness", witness);
    assertThat(again.out()).isEqualTo(run.out());
    CommandRun.of("report", witness).assertQuiet(ExitCode.INVALID);
    return run.text().replaceFirst(" checks .*", "").replaceFirst(".*?(?=likely cause: |$)", "");
  }

  private static int undone(String causes) {
    var match = UNDONE.matcher(causes);
    assertThat(match.find()).as(causes).isTrue();
    return Integer.parseInt(match.group(1).replace(",", ""));
  }

  @Test
  void anotherBuyerOnTheKey() throws Exception {
    var storm = middleOfAStorm();
    for (var taken = 0; taken < 20; taken++) {
      var own = (Long) redis.call("DECR", LongStorm.KEY);
      // Without a purchase in between, two would be one gap.
      Await.until("a buyer buys in between", () -> counter() < own);
    }

    assertThat(causes(storm.awaitEnd()))
        .contains("20 were taken that no attempt accounts for, in ")
        .contains("places: another writer on the key, or a client or proxy that retries");
  }

  private long counter() {
    return Long.parseLong(redis.call("GET", LongStorm.KEY).toString());
  }

  @Test
  void anotherWriterWhoTakesManyAtOnce() throws Exception {
    var storm = middleOfAStorm();
    redis.call("DECRBY", LongStorm.KEY, "500");

    assertThat(causes(storm.awaitEnd()))
        .contains(
            "500 were taken that no attempt accounts for, 500 of them at once: another writer")
        .doesNotContain("behind our back");
  }

  @Test
  void somebodyWhoPutsTicketsBackOneByOne() throws Exception {
    var storm = middleOfAStorm();
    for (var returned = 0; returned < 20; returned++) {
      redis.call("INCR", LongStorm.KEY);
    }

    assertThat(causes(storm.awaitEnd()))
        .contains("somebody raised the counter")
        .doesNotContain("no attempt accounts for", "jumped");
  }

  @Test
  void somebodyWhoPutsManyTicketsBack() throws Exception {
    var storm = middleOfAStorm();
    redis.call("INCRBY", LongStorm.KEY, "1000");

    var causes = causes(storm.awaitEnd());
    // Those under way at that moment were not acknowledged yet.
    assertThat(undone(causes)).isBetween(1000 - 4 * LongStorm.CONNECTIONS, 1000);
    assertThat(causes).contains("somebody raised the counter");
  }

  @Test
  void aKeyThatExpires() throws Exception {
    var storm = middleOfAStorm();
    redis.call("PEXPIRE", LongStorm.KEY, "1");

    assertThat(causes(storm.awaitEnd()))
        .contains("to below zero at once: the key expired, was evicted or deleted")
        .contains("hardly a restart")
        .doesNotContain("another writer", "stepped");
  }

  @ParameterizedTest
  @ValueSource(strings = {"decr", "list"})
  void aKeyThatIsDeleted(String strategy) throws Exception {
    var storm = middleOfAStorm("--strategy=" + strategy);
    redis.call("DEL", LongStorm.KEY);

    assertThat(causes(storm.awaitEnd()))
        .contains("to below zero at once: the key expired, was evicted or deleted")
        .contains("hardly a restart")
        .doesNotContain("another writer", "stepped");
  }

  @Test
  void aRestartWithoutPersistence() throws Exception {
    var storm = middleOfAStorm();
    redis.kill();
    redis.restart();

    assertThat(causes(storm.awaitEnd()))
        .contains("to below zero at once: Redis restarted without its data")
        .doesNotContain("another writer", "stepped");
  }

  @Test
  void aRestartThatBringsBackAnOlderStock() throws Exception {
    var storm = middleOfAStorm();
    // Old enough for more than what was under way to have been acknowledged since.
    var older = redis.counter(LongStorm.KEY) + STOCK / 50;
    redis.kill();
    redis.restart();
    redis.call("SET", LongStorm.KEY, Long.toString(older));

    var causes = causes(storm.awaitEnd());
    assertThat(undone(causes)).isPositive();
    assertThat(causes).contains("a restart or failover lost acknowledged writes");
  }

  @Test
  void aClientThatRetriesBehindOurBack() throws Exception {
    try (var proxy = MeddlingProxy.retrying(redis.port(), 997)) {
      var storm = LongStorm.start(out, redis, proxy.uri(), STOCK / 3);

      assertThat(causes(storm.awaitEnd()))
          .contains(proxy.meddled() + " were taken that no attempt accounts for, in ")
          .contains("places: another writer on the key, or a client or proxy that retries")
          .doesNotContain("jumped", "stepped");
      assertThat(proxy.meddled()).isEqualTo(2 * STOCK / 3 / 997);
    }
  }
}
