package io.github.ticketsim.stock.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Stock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What INCREX is sent and what its replies mean, as the documentation of Redis 8.8 and Valkey 9.2
 * says it: the bundled Redis does not know it yet.
 */
class IncrExTest {
  private static final RedisStockConfig CONFIG =
      new RedisStockConfig(RedisStrategy.INCREX, "stock", Duration.ofSeconds(30));

  @AutoClose private final FakeRedis redis;

  IncrExTest() throws IOException {
    redis = new FakeRedis();
  }

  private Stock open(boolean pipelined) {
    return pipelined
        ? PipelinedStock.open(redis.route(), redis.route(), CONFIG, 1, "run", System::nanoTime)
        : RedisStock.open(redis.route(), redis.route(), CONFIG, 1, "run", System::nanoTime);
  }

  private static Outcome buy(Stock stock) {
    try (var lease = stock.acquire(() -> true).orElseThrow()) {
      return lease.buy();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sellsIfTheCounterWentDownAndIsSoldOutIfTheBoundKeptIt(boolean pipelined) {
    var sent = new CopyOnWriteArrayList<List<String>>();
    redis.on(
        "increx",
        (client, command) -> {
          sent.add(command);
          client.send(sent.size() == 1 ? "*2\r\n:0\r\n:-1" : "*2\r\n:0\r\n:0");
        });
    try (var stock = open(pipelined)) {
      assertThat(buy(stock)).isEqualTo(new Outcome.Sold(OptionalLong.of(0)));
      assertThat(buy(stock)).isEqualTo(new Outcome.SoldOut(OptionalLong.empty()));
    }
    assertThat(sent)
        .containsExactly(
            List.of("increx", "stock", "BYINT", "-1", "LBOUND", "0"),
            List.of("increx", "stock", "BYINT", "-1", "LBOUND", "0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*2\r\n:5\r\n:-2", "*1\r\n:5", ":5", "*2\r\n:5\r\n$2\r\n-1"})
  void anyOtherReplyIsIndeterminate(String reply) {
    redis.on("increx", (client, _) -> client.send(reply));
    for (var pipelined : List.of(false, true)) {
      try (var stock = open(pipelined)) {
        assertThat(buy(stock)).isInstanceOf(Outcome.Indeterminate.class);
      }
    }
  }
}
