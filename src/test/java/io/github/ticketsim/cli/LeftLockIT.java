package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A storm that is killed while a buyer holds the lock must not stand in the way of the next. */
@Timeout(300)
class LeftLockIT {
  private static final String LOCK = LongStorm.KEY + ":lock";

  @AutoClose private final RedisServer redis = RedisServer.own();

  @TempDir private Path out;

  /** Kills lock storms until one dies with the lock in its hand. */
  private void leaveALockBehind() throws Exception {
    do {
      try (var storm =
          TicketSimProcess.start(
              out,
              Storms.arguments(
                  out.resolve("killed"),
                  redis.uri(),
                  "--strategy=lock",
                  "--stock=1M",
                  "--timeout=30s",
                  "--purchases=100k"))) {
        Await.until("somebody holds the lock", () -> !storm.running() || isLocked());
        storm.signal("KILL");
        storm.awaitExit();
      }
    } while (!isLocked());
  }

  private boolean isLocked() {
    return redis.call("EXISTS", LOCK).equals(1L);
  }

  @Test
  void aNewStockComesWithoutTheLockOfAStormThatWasKilled() throws Exception {
    leaveALockBehind();

    CommandRun.of(Storms.arguments(out, redis.uri(), "--strategy=lock", "--stock=10"))
        .assertQuiet(ExitCode.VALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock", "short-lock"})
  void preloadRemovesALockThatWasLeftBehind(String strategy) {
    redis.call("SET", LOCK, "of somebody who died");

    CommandRun.of("preload", "--redis", redis.uri(), "--stock=10", "--strategy=" + strategy)
        .assertQuiet(ExitCode.VALID);

    assertThat(isLocked()).isFalse();
    assertThat(redis.counter(LongStorm.KEY)).isEqualTo(10);
  }

  @Test
  void preloadLeavesAloneWhatItsStrategyDoesNotUse() {
    redis.call("SET", LOCK, "somebody else's");

    CommandRun.of("preload", "--redis", redis.uri(), "--stock=10").assertQuiet(ExitCode.VALID);

    assertThat(isLocked()).isTrue();
  }
}
