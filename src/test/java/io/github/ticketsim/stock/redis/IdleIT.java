package io.github.ticketsim.stock.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.Outcome.Kind;
import io.github.ticketsim.stock.Stock;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real Redis that hangs up on connections which nobody uses. */
@Timeout(120)
class IdleIT {
  private static final RedisStockConfig CONFIG =
      new RedisStockConfig(RedisStrategy.DECR, "stock", Duration.ofSeconds(30));
  private static final int CONNECTIONS = 4;

  @AutoClose private final RedisServer redis = RedisServer.own();

  @BeforeEach
  void preload() {
    redis.call("SET", "stock", "100");
    redis.call("CONFIG", "SET", "timeout", "1");
  }

  private void assertBuysOverConnectionsThatRedisHasClosed(Stock stock) throws Exception {
    for (var round = 1; round <= 2; round++) {
      Await.until("Redis has closed them", () -> !redis.serves("run"));
      for (var i = 0; i < CONNECTIONS; i++) {
        try (var lease = stock.acquire(() -> true).orElseThrow()) {
          assertThat(lease.buy().kind()).isEqualTo(Kind.SOLD);
        }
      }
      assertThat(redis.counter("stock")).isEqualTo(100 - round * CONNECTIONS);
    }
  }

  @Test
  void aPooledConnectionThatWasClosedIsReplacedBeforeThePurchase() throws Exception {
    try (var stock =
        RedisStock.open(
            redis.route(), redis.route(), CONFIG, CONNECTIONS, "run", System::nanoTime)) {
      assertBuysOverConnectionsThatRedisHasClosed(stock);
    }
  }

  @Test
  void aSharedConnectionThatWasClosedIsReplacedBeforeThePurchase() throws Exception {
    try (var stock =
        PipelinedStock.open(
            redis.route(), redis.route(), CONFIG, CONNECTIONS, "run", System::nanoTime)) {
      assertBuysOverConnectionsThatRedisHasClosed(stock);
    }
  }
}
