package io.github.ticketsim.stock.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.StockUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stock makes of servers that misbehave. */
@Timeout(60)
class RedisStockTest {
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final String ASKING = "id=6 name=ticket-sim-control db=0\n";

  @AutoClose private final FakeRedis redis;

  RedisStockTest() throws IOException {
    redis = new FakeRedis();
  }

  private RedisStock open(int connections, Duration timeout) {
    return RedisStock.open(
        redis.route(),
        redis.route(),
        new RedisStockConfig(RedisStrategy.DECR, "stock", timeout),
        connections,
        "run",
        System::nanoTime);
  }

  private static Outcome buy(RedisStock stock) {
    try (var lease = stock.acquire(() -> true).orElseThrow()) {
      return lease.buy();
    }
  }

  /** Names so many connections of the run, then has too many clients. */
  private void refuseConnectionsAfter(int connections) {
    var named = new AtomicInteger();
    redis.on(
        "CLIENT SETNAME",
        (client, command) -> {
          if (!command.getLast().equals("run") || named.incrementAndGet() <= connections) {
            client.named(command.getLast());
          } else {
            client.send("-ERR max number of clients reached");
            client.hangUp();
          }
        });
  }

  private static Outcome sold(long value) {
    return new Outcome.Sold(OptionalLong.of(value));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 1, 0})
  void sellsWhileTheReplyIsNotBelowZero(long value) {
    redis.on("DECR", (client, _) -> client.send(":" + value));
    try (var stock = open(1, PATIENT)) {
      assertThat(buy(stock)).isEqualTo(sold(value));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE})
  void isSoldOutBelowZero(long value) {
    redis.on("DECR", (client, _) -> client.send(":" + value));
    try (var stock = open(1, PATIENT)) {
      assertThat(buy(stock)).isEqualTo(new Outcome.SoldOut(OptionalLong.of(value)));
    }
  }

  @Test
  void neverTakesALateReplyForTheNextBuyers() {
    var overdue = new AtomicReference<FakeRedis.Client>();
    var asked = new AtomicInteger();
    redis.on(
        "DECR",
        (client, _) -> {
          if (asked.incrementAndGet() == 1) {
            overdue.set(client);
          } else {
            client.send(":7");
          }
        });
    try (var stock = open(1, SHORT)) {
      assertThat(buy(stock)).isInstanceOf(Outcome.Indeterminate.class);
      try {
        overdue.get().send(":8");
      } catch (IOException _) {
        // The connection is closed already, as it should be.
      }
      assertThat(buy(stock)).isEqualTo(sold(7));
    }
  }

  @Test
  void neverTakesASecondReplyForTheNextBuyers() {
    var asked = new AtomicInteger();
    redis.on("DECR", (client, _) -> client.send(asked.getAndIncrement() == 0 ? ":8\r\n:99" : ":7"));
    try (var stock = open(1, PATIENT)) {
      assertThat(buy(stock)).isEqualTo(sold(8));
      assertThat(buy(stock)).isEqualTo(sold(7));
      assertThat(redis.seen()).endsWith("DECR", "CLIENT SETNAME", "DECR");
    }
  }

  /** Also between the commands of one purchase. */
  @Test
  void neverTakesASecondReplyForThatToTheNextCommand() {
    redis.on("GET", (client, _) -> client.send("$1\r\n8\r\n:99"));
    redis.on("DECR", (client, _) -> client.send(":7"));
    var config = new RedisStockConfig(RedisStrategy.GET_DECR, "stock", PATIENT);
    try (var stock =
        RedisStock.open(redis.route(), redis.route(), config, 1, "run", System::nanoTime)) {
      assertThat(buy(stock)).isEqualTo(new Outcome.Indeterminate("a reply that nobody waits for"));
      assertThat(redis.seen()).doesNotContain("DECR");
    }
  }

  @Test
  void aResetAfterTheCommandWasSentIsIndeterminate() {
    redis.on("DECR", (client, _) -> client.reset());
    try (var stock = open(1, PATIENT)) {
      assertThat(buy(stock)).isInstanceOf(Outcome.Indeterminate.class);
    }
  }

  @Test
  void anEndOfStreamAfterTheCommandWasSentIsIndeterminate() {
    redis.on("DECR", (client, _) -> client.hangUp());
    try (var stock = open(1, PATIENT)) {
      assertThat(buy(stock)).isInstanceOf(Outcome.Indeterminate.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+OK",
        "$1\r\n7",
        "$-1",
        "*0",
        "*1\r\n:7",
        "?7",
        "7",
        "_",
        ":99999999999999999999"
      })
  void aReplyThatMakesNoSenseIsIndeterminateAndItsConnectionIsGivenUp(String nonsense) {
    var asked = new AtomicInteger();
    redis.on("DECR", (client, _) -> client.send(asked.incrementAndGet() == 1 ? nonsense : ":7"));
    try (var stock = open(1, PATIENT)) {
      assertThat(buy(stock)).isInstanceOf(Outcome.Indeterminate.class);
      assertThat(buy(stock)).isEqualTo(sold(7));
      assertThat(redis.seen()).endsWith("DECR", "CLIENT SETNAME", "DECR");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "READONLY You can't write against a read only replica.",
        "OOM command not allowed when used memory > 'maxmemory'.",
        "MOVED 3999 127.0.0.1:6381",
        "ASK 3999 127.0.0.1:6381",
        "CLUSTERDOWN The cluster is down",
        "LOADING Redis is loading the dataset in memory",
        "NOAUTH Authentication required.",
        "NOPERM this user has no permissions to run the 'decr' command",
        "WRONGTYPE Operation against a key holding the wrong kind of value",
        "BUSY Redis is busy running a script.",
        "ERR value is not an integer or out of range",
      })
  void anErrorReplyIsAFailureInRedisOwnWordsAndItsConnectionGoesOn(String words) {
    var asked = new AtomicInteger();
    redis.on("DECR", (client, _) -> client.send(asked.incrementAndGet() == 1 ? "-" + words : ":7"));
    try (var stock = open(1, PATIENT)) {
      assertThat(buy(stock)).isEqualTo(new Outcome.Failed(words));
      assertThat(buy(stock)).isEqualTo(sold(7));
      assertThat(redis.seen()).endsWith("DECR", "DECR");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERR upstream failure",
        "upstream failure",
        "ERR value of something else",
        "ERR",
        "BUSYGROUP Consumer Group name already exists",
        "LOADINGDOCK is closed",
        "UNBLOCKED force unblock from blocking operation",
        "ERR oops script: x, on @user_script:3.",
      })
  void anErrorThatMayHideASaleIsIndeterminateAndItsConnectionIsGivenUp(String words) {
    var asked = new AtomicInteger();
    redis.on("DECR", (client, _) -> client.send(asked.incrementAndGet() == 1 ? "-" + words : ":7"));
    try (var stock = open(1, PATIENT)) {
      assertThat(buy(stock)).isEqualTo(new Outcome.Indeterminate(words));
      assertThat(buy(stock)).isEqualTo(sold(7));
      assertThat(redis.seen()).endsWith("DECR", "CLIENT SETNAME", "DECR");
    }
  }

  @Test
  void aConnectionThatIsRefusedIsAFailure() throws Exception {
    try (var stock = open(1, PATIENT)) {
      redis.close();
      // The first may still go over the connection that has died.
      buy(stock);
      assertThat(buy(stock)).isInstanceOf(Outcome.Failed.class);
      assertThat(buy(stock)).isInstanceOf(Outcome.Failed.class);
    }
  }

  @Test
  void aConnectionThatRedisRefusesFailsInItsWords() {
    redis.on("DECR", (client, _) -> client.hangUp());
    refuseConnectionsAfter(1);
    try (var stock = open(1, PATIENT)) {
      assertThat(buy(stock)).isInstanceOf(Outcome.Indeterminate.class);
      assertThat(buy(stock)).isEqualTo(new Outcome.Failed("ERR max number of clients reached"));
    }
  }

  @Test
  void lowersNoBuyerIntoASaleThatHasClosed() {
    redis.on("DECR", (client, _) -> client.send(":7"));
    try (var stock = open(1, PATIENT)) {
      assertThat(stock.acquire(() -> false)).isEmpty();
      assertThat(buy(stock)).as("the lease is free again").isEqualTo(sold(7));
    }
  }

  /** Many rounds, since an unfair queue lets late comers overtake only most of the time. */
  @RepeatedTest(50)
  void servesBuyersInTheOrderInWhichTheyCame() throws Exception {
    BooleanSupplier open = () -> true;
    var served = new CopyOnWriteArrayList<Integer>();
    var buyers = new ArrayList<Thread>();
    try (var stock = open(1, PATIENT)) {
      var first = stock.acquire(open).orElseThrow();
      for (var number = 0; number < 5; number++) {
        var mine = number;
        var buyer =
            Thread.ofVirtual()
                .start(
                    () -> {
                      try (var _ = stock.acquire(open).orElseThrow()) {
                        served.add(mine);
                      }
                    });
        buyers.add(buyer);
        Await.until("the buyer waits", () -> buyer.getState() == Thread.State.WAITING);
      }
      first.close();
      // Comes last, and must not slip in where a lease has just become free.
      try (var _ = stock.acquire(open).orElseThrow()) {
        served.add(5);
      }
      for (var buyer : buyers) {
        buyer.join();
      }
    }
    assertThat(served).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void opensEveryConnectionBeforeTheFirstBuyer() {
    try (var _ = open(5, PATIENT)) {
      assertThat(redis.list().lines().filter(line -> line.contains("name=run "))).hasSize(5);
    }
  }

  @Test
  void readsWhatIsLeftOnlyWhenNoConnectionOfTheRunIsLeft() {
    var stock = open(3, PATIENT);
    var stillOpen = new AtomicInteger(5);
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
  void doesNotSettleWhileAConnectionOfTheRunStaysOpen() {
    var stock = open(1, SHORT);
    var lines = ASKING + "id=7 name=run db=0\n";
    redis.on("CLIENT LIST", (client, _) -> client.send("$" + lines.length() + "\r\n" + lines));
    redis.on("GET", (client, _) -> client.send("$2\r\n-4"));
    var settlement = stock.settle();
    assertThat(settlement.settled()).isFalse();
    assertThat(settlement.left()).isEmpty();
    assertThat(settlement.problem().orElseThrow()).contains("1 connections", "still open");
    assertThat(redis.seen()).doesNotContain("GET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"$0\r\n", "*0", "$-1", "$19\r\nid=7 name=else db=0"})
  void doesNotSettleIfTheListDoesNotShowTheAskingConnection(String list) {
    var stock = open(1, PATIENT);
    redis.on("CLIENT LIST", (client, _) -> client.send(list));
    redis.on("GET", (client, _) -> client.send("$2\r\n-4"));
    var settlement = stock.settle();
    assertThat(settlement.settled()).isFalse();
    assertThat(settlement.left()).hasValue(-4);
    assertThat(settlement.problem().orElseThrow()).contains("does not show the connection");
  }

  @Test
  void doesNotSettleIfItMayNotListConnections() {
    redis.on("CLIENT LIST", (client, _) -> client.send("-NOPERM no client|list for you"));
    redis.on("GET", (client, _) -> client.send("$2\r\n-4"));
    var settlement = open(1, PATIENT).settle();
    assertThat(settlement.settled()).isFalse();
    assertThat(settlement.left()).hasValue(-4);
    assertThat(settlement.problem().orElseThrow()).contains("NOPERM no client|list for you");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-NOPERM no client|setname for you", "-ERR unknown command 'CLIENT'"})
  void doesNotSettleIfItMayNotNameConnections(String refusal) {
    redis.on("CLIENT SETNAME", (client, _) -> client.send(refusal));
    redis.on("GET", (client, _) -> client.send("$2\r\n-4"));
    var settlement = open(3, PATIENT).settle();
    assertThat(settlement.settled()).isFalse();
    assertThat(settlement.problem().orElseThrow()).contains("shows 0 of 3 connections");
  }

  @Test
  void saysWhyItCouldNotSettleIfRedisIsGone() throws Exception {
    var stock = open(1, SHORT);
    redis.close();
    var settlement = stock.settle();
    assertThat(settlement.settled()).isFalse();
    assertThat(settlement.left()).isEmpty();
    assertThat(settlement.problem().orElseThrow()).contains("nobody listens there");
  }

  @Test
  void settlesWithoutACounterIfTheKeyIsGone() {
    redis.on("GET", (client, _) -> client.send("$-1"));
    var settlement = open(1, PATIENT).settle();
    assertThat(settlement.left()).isEmpty();
    assertThat(settlement.problem().orElseThrow()).contains("'stock' is gone");
  }

  @Test
  void cannotBeOpenedWithFewerConnectionsThanAskedFor() {
    refuseConnectionsAfter(4);
    assertThatThrownBy(() -> open(5, PATIENT))
        .isInstanceOf(StockUnavailableException.class)
        .hasMessageContainingAll("max number of clients", "lower --pool");
    assertThat(List.copyOf(redis.seen())).doesNotContain("DECR");
  }
}
