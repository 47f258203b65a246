package io.github.ticketsim.stock.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Stock.Timed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a buyer gets who makes one purchase after the other on a shared connection. */
@Timeout(60)
class ConsecutivePurchasesTest {
  @AutoClose private final FakeRedis redis;

  ConsecutivePurchasesTest() throws IOException {
    redis = new FakeRedis();
  }

  /** So many purchases of the calling thread. */
  private static List<Timed> buy(PipelinedStock stock, int most) {
    var made = new ArrayList<Timed>();
    stock.buy(
        () -> true,
        ended -> {
          made.add(ended);
          return made.size() < most;
        });
    return made;
  }

  private static List<Outcome> outcomes(List<Timed> made) {
    return made.stream().map(Timed::outcome).toList();
  }

  private static Outcome sold(long value) {
    return new Outcome.Sold(OptionalLong.of(value));
  }

  /** Answers one purchase after the other; nothing stands for a lost connection. */
  private void answer(String command, String... replies) {
    var asked = new AtomicInteger();
    redis.on(
        command,
        (client, _) -> {
          var reply = replies[asked.getAndIncrement()];
          if (reply.isEmpty()) {
            client.reset();
          } else {
            client.send(reply);
          }
        });
  }

  @Test
  void eachIsMadeWhenTheOneBeforeHasEnded() {
    answer("DECR", ":2", ":1", ":0", ":-1");
    try (var stock = redis.pipelined(RedisStrategy.DECR)) {
      var made = buy(stock, 4);
      assertThat(outcomes(made))
          .containsExactly(sold(2), sold(1), sold(0), new Outcome.SoldOut(OptionalLong.of(-1)));
      for (var i = 1; i < made.size(); i++) {
        assertThat(made.get(i).callNanos()).isGreaterThanOrEqualTo(made.get(i - 1).returnNanos());
      }
      assertThat(redis.seen()).endsWith("DECR", "DECR", "DECR", "DECR");
    }
  }

  @Test
  void nothingIsSentBeforeTheGateIsOpened() throws Exception {
    var opened = new AtomicBoolean();
    redis.on("DECR", (client, _) -> client.send(opened.get() ? ":1" : ":0"));
    try (var stock = redis.pipelined(RedisStrategy.DECR)) {
      var gate = stock.startGate();
      var made = new CompletableFuture<List<Timed>>();
      var buyer = Thread.ofVirtual().start(() -> made.complete(buy(stock, 2)));
      Await.until("the buyer waits", () -> buyer.getState() == Thread.State.WAITING);
      assertThat(made).isNotDone();
      assertThat(redis.seen()).doesNotContain("DECR");

      opened.set(true);
      gate.run();
      assertThat(outcomes(made.join())).containsExactly(sold(1), sold(1));
    }
  }

  @Test
  void whoIsNotWantedAnyMoreWhenTheGateIsOpenedBuysNothing() throws Exception {
    answer("DECR", ":2");
    try (var stock = redis.pipelined(RedisStrategy.DECR)) {
      var open = new AtomicBoolean(true);
      var gate = stock.startGate();
      var done = new CompletableFuture<Integer>();
      var made = new AtomicInteger();
      var buyer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    stock.buy(open::get, _ -> made.incrementAndGet() > 0);
                    done.complete(made.get());
                  });
      Await.until("the buyer waits", () -> buyer.getState() == Thread.State.WAITING);
      open.set(false);
      gate.run();
      assertThat(done.join()).isZero();
      assertThat(redis.seen()).doesNotContain("DECR");
    }
  }

  @Test
  void aBuyerGoesOnAfterARefusalAndAfterALostConnection() {
    answer("DECR", ":2", "-OOM command not allowed when used memory > 'maxmemory'.", "", ":0");
    try (var stock = redis.pipelined(RedisStrategy.DECR)) {
      assertThat(outcomes(buy(stock, 4)).stream().map(Outcome::kind))
          .containsExactly(
              Outcome.Kind.SOLD,
              Outcome.Kind.FAILED,
              Outcome.Kind.INDETERMINATE,
              Outcome.Kind.SOLD);
    }
  }

  @Test
  void aScriptThatRedisDoesNotKnowIsSentInFullAndTheBuyerGoesOn() {
    redis.on("SCRIPT", (client, _) -> client.send("$1\r\n-"));
    answer("EVALSHA", ":2", "-NOSCRIPT No matching script.", ":0");
    answer("EVAL", ":1");
    try (var stock = redis.pipelined(RedisStrategy.LUA)) {
      assertThat(outcomes(buy(stock, 3))).containsExactly(sold(2), sold(1), sold(0));
      assertThat(redis.seen()).endsWith("EVALSHA", "EVALSHA", "EVAL", "EVALSHA");
    }
  }

  @Test
  void anInterruptedBuyerStillWaitsAndLearnsOfTheInterruptAfterwards() throws Exception {
    var asked = new CountDownLatch(1);
    var client = new CompletableFuture<FakeRedis.Client>();
    redis.on(
        "DECR",
        (asking, _) -> {
          client.complete(asking);
          asked.countDown();
        });
    try (var stock = redis.pipelined(RedisStrategy.DECR)) {
      var done = new CompletableFuture<Boolean>();
      var buyer =
          Thread.ofVirtual()
              .start(
                  () ->
                      done.complete(
                          outcomes(buy(stock, 1)).equals(List.of(sold(7)))
                              && Thread.interrupted()));
      asked.await();
      buyer.interrupt();
      client.join().send(":7");
      assertThat(done.join()).isTrue();
    }
  }

  /** It is the buyer who hears of it, and the others go on. */
  @Test
  void whatCannotBeWrittenDownEndsTheBuyerAlone() {
    answer("DECR", ":2", ":1");
    try (var stock = redis.pipelined(RedisStrategy.DECR)) {
      assertThatThrownBy(
              () ->
                  stock.buy(
                      () -> true,
                      _ -> {
                        throw new IllegalStateException("the ledger is full");
                      }))
          .hasRootCauseMessage("the ledger is full");
      assertThat(outcomes(buy(stock, 1))).containsExactly(sold(1));
    }
  }
}
