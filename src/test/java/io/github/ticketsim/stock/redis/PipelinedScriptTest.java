package io.github.ticketsim.stock.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Stock;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is sent over a shared connection if Redis does not know a script, or breaks it off. */
@Timeout(60)
class PipelinedScriptTest {
  @AutoClose private final FakeRedis redis;

  PipelinedScriptTest() throws IOException {
    redis = new FakeRedis();
  }

  private static Outcome buy(Stock stock) {
    return stock.acquire(() -> true).orElseThrow().buy();
  }

  private static Outcome sold(long value) {
    return new Outcome.Sold(OptionalLong.of(value));
  }

  @Test
  void aScriptThatRedisDoesNotKnowIsSentInFull() {
    redis.on("SCRIPT", (client, _) -> client.send("-NOPERM no script|load for you"));
    redis.on("EVALSHA", (client, _) -> client.send("-NOSCRIPT No matching script."));
    redis.on("EVAL", (client, _) -> client.send(":7"));
    try (var stock = redis.pipelined(RedisStrategy.LUA)) {
      assertThat(buy(stock)).isEqualTo(sold(7));
      assertThat(redis.seen()).endsWith("EVALSHA", "EVAL");
    }
  }

  @Test
  void aPlainCommandIsNeverSentASecondTime() {
    redis.on("DECR", (client, _) -> client.send("-NOSCRIPT No matching script."));
    try (var stock = redis.pipelined(RedisStrategy.DECR)) {
      assertThat(buy(stock)).isEqualTo(new Outcome.Failed("NOSCRIPT No matching script."));
      assertThat(redis.seen()).containsOnlyOnce("DECR").endsWith("DECR");
    }
  }

  @Test
  void aJitWarmUpSendsNoScriptOfTheSale() {
    redis.on("SCRIPT", (client, _) -> client.send("$1\r\n-"));
    redis.on("EXISTS", (client, _) -> client.send("-NOSCRIPT No matching script."));
    redis.on("TTL", (client, _) -> client.send("-NOSCRIPT No matching script."));
    try (var stock = redis.pipelined(RedisStrategy.LUA)) {
      assertThat(stock.jitWarmUps())
          .hasSize(2)
          .allMatch(warmUp -> buy(warmUp) instanceof Outcome.Failed);
      assertThat(redis.seen()).endsWith("EXISTS", "TTL").doesNotContain("EVAL");
    }
  }

  @Test
  void aScriptThatBrokeOffIsIndeterminateAndTheConnectionGoesOn() {
    var asked = new AtomicInteger();
    redis.on("SCRIPT", (client, _) -> client.send("$1\r\n-"));
    redis.on(
        "EVALSHA",
        (client, _) ->
            client.send(
                asked.getAndIncrement() == 0 ? "-ERR oops script: x, on @user_script:3." : ":7"));
    try (var stock = redis.pipelined(RedisStrategy.LUA)) {
      assertThat(buy(stock)).isInstanceOf(Outcome.Indeterminate.class);
      assertThat(buy(stock)).isEqualTo(sold(7));
      assertThat(redis.seen()).endsWith("EVALSHA", "EVALSHA");
    }
  }
}
