package io.github.ticketsim.stock.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Stock.Timed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What buyers who share a connection get from servers that misbehave. */
@Timeout(60)
class PipelinedStockTest {
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration PATIENT = Duration.ofSeconds(30);

  @AutoClose private final FakeRedis redis;

  PipelinedStockTest() throws IOException {
    redis = new FakeRedis();
  }

  private PipelinedStock open(RedisStrategy strategy, int connections, Duration timeout) {
    return redis.pipelined(strategy, connections, timeout);
  }

  private PipelinedStock open(Duration timeout) {
    return open(RedisStrategy.DECR, 1, timeout);
  }

  /** An attempt that a buyer of its own makes. */
  private record Attempt(long asked, CompletableFuture<Timed> timed) {
    Outcome outcome() {
      return timed.join().outcome();
    }

    long callNanos() {
      return timed.join().callNanos();
    }

    long returnNanos() {
      return timed.join().returnNanos();
    }
  }

  private static Attempt begin(PipelinedStock stock) {
    var lease = stock.acquire(() -> true).orElseThrow();
    var timed = new CompletableFuture<Timed>();
    var attempt = new Attempt(System.nanoTime(), timed);
    Thread.ofVirtual().start(() -> timed.complete(lease.buy(System::nanoTime)));
    return attempt;
  }

  private static Outcome buy(PipelinedStock stock) {
    return begin(stock).outcome();
  }

  /** So many attempts in a row, each begun when the one before is queued. */
  private List<Attempt> begin(PipelinedStock stock, int number) throws Exception {
    var attempts = new ArrayList<Attempt>();
    for (var i = 0; i < number; i++) {
      attempts.add(begin(stock));
      var sent = i + 1;
      Await.until("Redis has it", () -> purchases() == Math.min(sent, Pipeline.MOST_UNANSWERED));
    }
    return attempts;
  }

  private long purchases() {
    return Collections.frequency(redis.seen(), "DECR");
  }

  private static List<Outcome> outcomes(List<Attempt> attempts) {
    return attempts.stream().map(Attempt::outcome).toList();
  }

  private static Outcome sold(long value) {
    return new Outcome.Sold(OptionalLong.of(value));
  }

  /** Answers the first purchases as given, and all others with 7. */
  private void answerFirst(String... replies) {
    var asked = new AtomicInteger();
    redis.on(
        "DECR",
        (client, _) -> {
          var number = asked.getAndIncrement();
          client.send(number < replies.length ? replies[number] : ":7");
        });
  }

  /** More of them than processors: were they to spin, nobody could read the replies. */
  @Test
  void anInterruptedBuyerStillWaitsForTheReplyAndLearnsOfTheInterruptAfterwards() throws Exception {
    var buyers = 4 * Runtime.getRuntime().availableProcessors();
    var asked = new CountDownLatch(buyers);
    var asking = new CompletableFuture<FakeRedis.Client>();
    redis.on(
        "DECR",
        (client, _) -> {
          asking.complete(client);
          asked.countDown();
        });
    try (var stock = open(PATIENT)) {
      var interrupted = new ArrayList<CompletableFuture<Boolean>>();
      var threads = new ArrayList<Thread>();
      for (var i = 0; i < buyers; i++) {
        var done = new CompletableFuture<Boolean>();
        interrupted.add(done);
        var lease = stock.acquire(() -> true).orElseThrow();
        threads.add(
            Thread.ofVirtual()
                .start(() -> done.complete(lease.buy().equals(sold(7)) && Thread.interrupted())));
      }
      asked.await();
      threads.forEach(Thread::interrupt);
      for (var i = 0; i < buyers; i++) {
        asking.join().send(":7");
      }
      assertThat(interrupted).allMatch(CompletableFuture::join);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 1, 0})
  void sellsWhileTheReplyIsNotBelowZero(long value) {
    answerFirst(":" + value);
    try (var stock = open(PATIENT)) {
      assertThat(buy(stock)).isEqualTo(sold(value));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE})
  void isSoldOutBelowZero(long value) {
    answerFirst(":" + value);
    try (var stock = open(PATIENT)) {
      assertThat(buy(stock)).isEqualTo(new Outcome.SoldOut(OptionalLong.of(value)));
    }
  }

  @Test
  void givesEveryBuyerTheReplyToItsOwnCommand() throws Exception {
    var client = new AtomicReference<FakeRedis.Client>();
    redis.on("DECR", (asking, _) -> client.set(asking));
    try (var stock = open(PATIENT)) {
      var attempts = begin(stock, 5);
      client.get().send(":14\r\n:13\r\n:12\r\n:11\r\n:10");
      assertThat(outcomes(attempts))
          .containsExactly(sold(14), sold(13), sold(12), sold(11), sold(10));
    }
  }

  @Test
  void aBrokenConnectionLeavesExactlyItsUnansweredAttemptsIndeterminate() throws Exception {
    var client = new AtomicReference<FakeRedis.Client>();
    redis.on("DECR", (asking, _) -> client.set(asking));
    try (var stock = open(PATIENT)) {
      var attempts = begin(stock, 5);
      client.get().send(":14\r\n:13");
      assertThat(outcomes(attempts.subList(0, 2))).containsExactly(sold(14), sold(13));
      client.get().reset();
      assertThat(outcomes(attempts.subList(2, 5)))
          .hasOnlyElementsOfType(Outcome.Indeterminate.class);
      answerFirst(":9");
      assertThat(buy(stock)).as("on the connection that replaced it").isEqualTo(sold(9));
    }
  }

  @Test
  void aQueuedRequestIsServedByTheNextConnection() throws Exception {
    var clients = new CopyOnWriteArrayList<FakeRedis.Client>();
    redis.on(
        "DECR",
        (client, _) -> {
          clients.addIfAbsent(client);
          if (client != clients.getFirst()) {
            client.send(":7");
          }
        });
    try (var stock = open(PATIENT)) {
      var attempts = begin(stock, Pipeline.MOST_UNANSWERED + 3);
      clients.getFirst().hangUp();
      assertThat(kinds(outcomes(attempts)))
          .isEqualTo(
              Map.of(
                  Outcome.Kind.INDETERMINATE,
                  (long) Pipeline.MOST_UNANSWERED,
                  Outcome.Kind.SOLD,
                  3L));
      assertThat(outcomes(attempts.subList(Pipeline.MOST_UNANSWERED, attempts.size())))
          .containsOnly(sold(7));
    }
  }

  private static Map<Outcome.Kind, Long> kinds(List<Outcome> outcomes) {
    return outcomes.stream().collect(Collectors.groupingBy(Outcome::kind, Collectors.counting()));
  }

  @Test
  void countsTheTimeInTheQueueApart() throws Exception {
    var client = new AtomicReference<FakeRedis.Client>();
    redis.on("DECR", (asking, _) -> client.set(asking));
    try (var stock = open(PATIENT)) {
      var attempts = begin(stock, Pipeline.MOST_UNANSWERED + 1);
      var answering = System.nanoTime();
      answerFirst();
      client.get().send(":1\r\n".repeat(Pipeline.MOST_UNANSWERED).strip());
      outcomes(attempts);
      assertThat(attempts.getFirst().callNanos() - answering).isNegative();
      assertThat(attempts.getFirst().callNanos() - attempts.getFirst().asked()).isNotNegative();
      assertThat(attempts.getFirst().returnNanos() - answering).isPositive();
      assertThat(attempts.getLast().callNanos() - answering).isPositive();
      assertThat(attempts.getLast().returnNanos() - attempts.getLast().callNanos()).isPositive();
    }
  }

  @Test
  void neverTakesALateReplyForTheNextBuyers() throws Exception {
    var overdue = new AtomicReference<FakeRedis.Client>();
    redis.on("DECR", (client, _) -> overdue.set(client));
    try (var stock = open(SHORT)) {
      assertThat(outcomes(List.of(begin(stock), begin(stock))))
          .containsOnly(new Outcome.Indeterminate("Read timed out"));
      answerFirst(":7");
      try {
        overdue.get().send(":8");
      } catch (IOException _) {
        // The connection is closed already, as it should be.
      }
      assertThat(buy(stock)).isEqualTo(sold(7));
    }
  }

  @Test
  void anIdleConnectionIsNotOverdue() throws Exception {
    answerFirst();
    try (var stock = open(SHORT)) {
      var deadline = System.nanoTime() + 3 * SHORT.toNanos();
      Await.until("it was idle for long", () -> System.nanoTime() - deadline > 0);
      assertThat(buy(stock)).isEqualTo(sold(7));
      assertThat(redis.seen()).containsOnlyOnce("DECR").endsWith("CLIENT LIST", "DECR");
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
        ">1\r\n:7",
        "?7",
        "7",
        "_",
        ":99999999999999999999"
      })
  void aReplyThatMakesNoSenseIsIndeterminateAndItsConnectionIsGivenUp(String nonsense) {
    answerFirst(nonsense);
    try (var stock = open(PATIENT)) {
      assertThat(buy(stock)).isInstanceOf(Outcome.Indeterminate.class);
      assertThat(buy(stock)).isEqualTo(sold(7));
      assertThat(redis.seen()).endsWith("DECR", "CLIENT SETNAME", "DECR");
    }
  }

  /** Often, since whether the next command is sent before the second reply is read is chance. */
  @RepeatedTest(100)
  void noReplyIsOlderThanItsCommand() {
    answerFirst(":8\r\n:99");
    try (var stock = open(PATIENT)) {
      assertThat(buy(stock)).isEqualTo(sold(8));
      var next = begin(stock);
      assertThat(next.outcome())
          .isIn(sold(7), new Outcome.Indeterminate("a reply that nobody waits for"));
      assertThat(next.returnNanos() - next.callNanos()).isNotNegative();
    }
  }

  @Test
  void anUnexpectedReplyEndsTheConnection() throws Exception {
    answerFirst(":8\r\n:7");
    try (var stock = open(PATIENT)) {
      assertThat(buy(stock)).isEqualTo(sold(8));
      Await.until("it is closed", () -> !redis.list().contains("name=run "));
      assertThat(buy(stock)).isEqualTo(sold(7));
      assertThat(redis.seen()).endsWith("DECR", "CLIENT SETNAME", "DECR");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "READONLY You can't write against a read only replica.",
        "LOADING Redis is loading the dataset in memory",
        "WRONGTYPE Operation against a key holding the wrong kind of value",
        "ERR value is not an integer or out of range",
      })
  void anErrorReplyIsAFailureInRedisOwnWordsAndItsConnectionGoesOn(String words) {
    answerFirst("-" + words);
    try (var stock = open(PATIENT)) {
      assertThat(buy(stock)).isEqualTo(new Outcome.Failed(words));
      assertThat(buy(stock)).isEqualTo(sold(7));
      assertThat(redis.seen()).endsWith("DECR", "DECR");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ERR upstream failure", "upstream failure", "ERR"})
  void anErrorThatMayHideASaleIsIndeterminate(String words) {
    answerFirst("-" + words);
    try (var stock = open(PATIENT)) {
      assertThat(buy(stock)).isEqualTo(new Outcome.Indeterminate(words));
      assertThat(buy(stock)).isEqualTo(sold(7));
      assertThat(redis.seen()).endsWith("DECR", "DECR");
    }
  }

  @Test
  void sendsNothingIfNoConnectionCanBeMade() throws Exception {
    redis.on("DECR", (client, _) -> client.hangUp());
    try (var stock = open(PATIENT)) {
      redis.close();
      Await.until("the connection has ended", () -> buy(stock) instanceof Outcome.Failed);
      assertThat(buy(stock)).isInstanceOf(Outcome.Failed.class);
      assertThat(purchases()).isZero();
    }
  }

  @Test
  void spreadsBuyersOverItsConnections() throws Exception {
    var clients = new CopyOnWriteArrayList<FakeRedis.Client>();
    redis.on(
        "DECR",
        (client, _) -> {
          clients.addIfAbsent(client);
          client.send(":7");
        });
    try (var stock = open(RedisStrategy.DECR, 3, PATIENT)) {
      Await.until(
          "all are used",
          () -> {
            buy(stock);
            return clients.size() == 3;
          });
      assertThat(redis.list().lines().filter(line -> line.contains("name=run "))).hasSize(3);
    }
  }

  @Test
  void leasesNothingOnceTheSaleIsClosed() {
    try (var stock = open(PATIENT)) {
      assertThat(stock.acquire(() -> false)).isEmpty();
    }
  }
}
