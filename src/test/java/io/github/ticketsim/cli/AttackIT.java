package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.stock.Outcome.Kind;
import io.github.ticketsim.stock.redis.DebuggableRedis;
import io.github.ticketsim.stock.redis.RedisServer;
import io.github.ticketsim.stock.redis.RedisStrategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What hurts a storm and breaks no sale: it ends, invents nothing, and is never called invalid. */
@Timeout(300)
class AttackIT {
  private static final int STOCK = 10_000;

  @AutoClose private final RedisServer redis = RedisServer.own();

  @TempDir private Path out;

  static Stream<RedisStrategy> sound() {
    return RedisStrategy.known().stream().filter(RedisStrategy::sound);
  }

  private LongStorm middleOfAStorm(RedisStrategy strategy, String timeout) throws Exception {
    return LongStorm.start(out, redis, STOCK, "--strategy=" + strategy, "--timeout=" + timeout)
        .awaitMiddle();
  }

  private History assertNotInvalid(CommandRun run) {
    assertThat(run.status())
        .as(run.out() + run.err())
        .isIn(ExitCode.VALID.status(), ExitCode.UNKNOWN.status());
    var history = Storms.latest(out);
    var attempts = history.attempts();
    assertThat(attempts.count(Kind.SOLD)).isPositive().isLessThanOrEqualTo(STOCK);
    assertNoneSoldTwice(attempts);
    return history;
  }

  private static void assertNoneSoldTwice(Attempts attempts) {
    var tickets = new HashSet<Long>();
    IntStream.range(0, attempts.size())
        .filter(i -> attempts.kind(i) == Kind.SOLD && attempts.hasValue(i))
        .forEach(i -> assertThat(tickets.add(attempts.value(i))).as("sold once").isTrue());
  }

  @ParameterizedTest
  @MethodSource("sound")
  void aPauseLongerThanTheTimeout(RedisStrategy strategy) throws Exception {
    var storm = middleOfAStorm(strategy, "500ms");
    redis.pause();
    redis.awaitTimeoutOf(Duration.ofSeconds(1));
    redis.resume();

    var attempts = assertNotInvalid(storm.awaitEnd()).attempts();

    // A read that timed out took nothing, so not every strategy has fates that are unknown.
    assertThat(attempts.count(Kind.INDETERMINATE) + attempts.count(Kind.FAILED)).isPositive();
    assertThat(attempts.count(Kind.SOLD) + attempts.count(Kind.INDETERMINATE))
        .isGreaterThanOrEqualTo(STOCK - (int) left());
  }

  private long left() {
    return redis.call("TYPE", LongStorm.KEY).equals("list")
        ? (long) redis.call("LLEN", LongStorm.KEY)
        : redis.call("EXISTS", LongStorm.KEY).equals(0L)
            ? 0
            : Math.max(0, redis.counter(LongStorm.KEY));
  }

  @Test
  void clientsPausedByTheServer() throws Exception {
    var storm = middleOfAStorm(RedisStrategy.DECR, "60s");
    redis.call("CLIENT", "PAUSE", "1000", "ALL");

    var run = storm.awaitEnd();

    run.assertQuiet(ExitCode.VALID);
    assertThat(assertNotInvalid(run).attempts().count(Kind.SOLD)).isEqualTo(STOCK);
  }

  @Test
  void clientsPausedByTheServerForLongerThanTheTimeout() throws Exception {
    var storm = middleOfAStorm(RedisStrategy.DECR, "500ms");
    redis.call("CLIENT", "PAUSE", "1500", "ALL");

    var attempts = assertNotInvalid(storm.awaitEnd()).attempts();

    assertThat(attempts.count(Kind.INDETERMINATE)).isPositive();
  }

  @ParameterizedTest
  @MethodSource("sound")
  void everyClientKilled(RedisStrategy strategy) throws Exception {
    var storm = middleOfAStorm(strategy, "2s");
    for (var times = 0; times < 5; times++) {
      redis.call("CLIENT", "KILL", "TYPE", "normal");
    }

    assertNotInvalid(storm.awaitEnd());
  }

  @Test
  void aServerThatSleeps() throws Exception {
    try (var server = DebuggableRedis.start()) {
      var storm = LongStorm.start(out, server.redis(), STOCK, "--timeout=500ms").awaitMiddle();
      server.redis().call("DEBUG", "SLEEP", "1.5");

      var attempts = assertNotInvalid(storm.awaitEnd()).attempts();

      assertThat(attempts.count(Kind.INDETERMINATE)).isPositive();
    }
  }
}
