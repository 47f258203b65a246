package io.github.ticketsim.stock.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ticketsim.stock.StockUnavailableException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.exceptions.JedisDataException;

/** What the servers that are like Redis say of themselves. */
class RedisControlTest {
  private static final RedisEndpoint SHOP = RedisEndpoint.parse("redis://shop");

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @AutoClose private final FakeRedis redis;

  RedisControlTest() throws Exception {
    redis = new FakeRedis();
  }

  @ParameterizedTest
  @CsvSource({
    "redis_version:6.0.16|redis_mode:standalone, Redis 6.0.16",
    "redis_version:7.2.4|server_name:valkey|valkey_version:8.1.0, Valkey 8.1.0",
    "redis_version:7.4.0|dragonfly_version:df-v1.27.1, Dragonfly 1.27.1",
    "redis_version:6.3.4|executable:/usr/bin/keydb-server, KeyDB 6.3.4",
    "redis_version:7.0.15|executable:/usr/bin/redis-server, Redis 7.0.15",
    "uptime_in_seconds:1, Redis of unknown version",
  })
  void namesTheServerThatAnswers(String info, String name) {
    var text = "# Server\r\n" + info.replace("|", "\r\n") + "\r\n";
    redis.on("INFO", (client, _) -> client.send("$" + text.length() + "\r\n" + text));
    try (var control = RedisControl.connect(redis.endpoint(), TIMEOUT)) {
      assertThat(control.server()).isEqualTo(name);
    }
  }

  @Test
  void saysWhatProtectedModeIs() {
    redis.on("CLIENT SETNAME", (client, _) -> client.send("-DENIED Redis is in protected mode"));
    assertThatExceptionOfType(StockUnavailableException.class)
        .isThrownBy(() -> RedisControl.connect(redis.endpoint(), TIMEOUT))
        .withMessageContainingAll("DENIED", "requirepass", "--redis");
  }

  @ParameterizedTest
  @CsvSource({
    "MOVED 1 10.0.0.7:7001, redis://10.0.0.7:7001",
    "MOVED 1 :7001, redis://shop:7001",
    "MOVED 1 fe80::1:7001, redis://[fe80::1]:7001",
    "MOVED 1 node-1.example:7001, redis://node-1.example:7001",
  })
  void namesTheNodeThatHasTheSlot(String words, String uri) {
    assertThat(RedisProblem.of(new JedisDataException(words), SHOP).at(SHOP))
        .hasMessageContaining("--redis " + uri + ",");
  }
}
