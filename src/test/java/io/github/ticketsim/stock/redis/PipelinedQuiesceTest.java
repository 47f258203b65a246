package io.github.ticketsim.stock.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.StockUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a stock on shared connections opens and settles on servers that misbehave. */
@Timeout(60)
class PipelinedQuiesceTest {
  private static final String ASKING = "id=6 name=ticket-sim-control db=0\n";

  @AutoClose private final FakeRedis redis;

  PipelinedQuiesceTest() throws IOException {
    redis = new FakeRedis();
  }

  private PipelinedStock open(int connections) {
    return redis.pipelined(RedisStrategy.DECR, connections, Duration.ofSeconds(30));
  }

  private static Outcome buy(PipelinedStock stock) {
    try (var lease = stock.acquire(() -> true).orElseThrow()) {
      return lease.buy();
    }
  }

  @Test
  void readsWhatIsLeftOnlyWhenNoConnectionOfTheRunIsLeft() {
    var stillOpen = new AtomicInteger(5);
    var stock = open(3);
    redis.on(
        "CLIENT LIST",
        (client, _) -> {
          var lines = stillOpen.getAndDecrement() > 0 ? ASKING + "id=7 name=run db=0\n" : ASKING;
          client.send("$" + lines.length() + "\r\n" + lines);
        });
    redis.on("GET", (client, _) -> client.send("$2\r\n-4"));
    var settlement = stock.settle();
    assertThat(settlement.settled()).isTrue();
    assertThat(settlement.left()).hasValue(-4);
    assertThat(stillOpen).hasValue(-1);
    assertThat(redis.list()).doesNotContain("name=run ");
  }

  @Test
  void doesNotSettleIfAReplacementMayNotBeNamed() {
    redis.on("DECR", (client, _) -> client.hangUp());
    redis.on("GET", (client, _) -> client.send("$2\r\n-4"));
    var stock = open(1);
    assertThat(buy(stock)).isInstanceOf(Outcome.Indeterminate.class);
    redis.on("CLIENT SETNAME", (client, _) -> client.send("-NOPERM no client|setname for you"));
    assertThat(buy(stock)).isInstanceOf(Outcome.Indeterminate.class);
    var settlement = stock.settle();
    assertThat(settlement.settled()).isFalse();
    assertThat(settlement.problem().orElseThrow()).contains("NOPERM no client|setname for you");
  }

  @Test
  void cannotBeOpenedWithFewerConnectionsThanAskedFor() {
    var named = new AtomicInteger();
    redis.on(
        "CLIENT SETNAME",
        (client, command) -> {
          if (named.incrementAndGet() <= 2) {
            client.named(command.getLast());
          } else {
            client.send("-ERR max number of clients reached");
            client.hangUp();
          }
        });
    assertThatThrownBy(() -> open(3))
        .isInstanceOf(StockUnavailableException.class)
        .hasMessageContainingAll("max number of clients", "lower --pool");
  }
}
