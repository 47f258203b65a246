package io.github.ticketsim.stock.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Outcome.Kind;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.storm.Demand.Purchases;
import io.github.ticketsim.storm.PurchaseIds;
import io.github.ticketsim.storm.Storm;
import io.github.ticketsim.storm.StormBarrier;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import io.github.ticketsim.storm.StormResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;

/** Shared connections to a real Redis. */
@Timeout(120)
class PipelineIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final int STOCK = 1_000;
  private static final int BUYERS = 3_000;
  private static final int CONNECTIONS = 2;

  @AutoClose private final RedisServer redis = RedisServer.own();

  @BeforeEach
  void preload() {
    redis.call("SET", "stock", Integer.toString(STOCK));
  }

  private PipelinedStock open(RedisStrategy strategy, Duration timeout) {
    return PipelinedStock.open(
        redis.route(),
        redis.route(),
        new RedisStockConfig(strategy, "stock", timeout),
        CONNECTIONS,
        "run",
        System::nanoTime);
  }

  private static Storm storm(PipelinedStock stock, int purchases) {
    var plan = new StormPlan(BUYERS, new Purchases(purchases), Duration.ofHours(1));
    return new Storm(plan, stock, StormClock.system(), PurchaseIds.random());
  }

  private static FutureTask<StormResult> start(Storm storm) {
    var result = new FutureTask<>(storm::run);
    Thread.ofPlatform().daemon().start(result);
    return result;
  }

  @ParameterizedTest
  @EnumSource(names = {"DECR", "LUA"})
  void sellsEveryTicketOnceToBuyersWhoShareConnections(RedisStrategy strategy) throws Exception {
    try (var stock = open(strategy, PATIENT)) {
      var result = storm(stock, 5).run();
      var attempts = result.attempts();
      assertThat(attempts.count(Kind.SOLD)).isEqualTo(STOCK);
      assertThat(attempts.count(Kind.SOLD_OUT)).isEqualTo(5 * BUYERS - STOCK);
      assertThat(result.ending().settlement().left()).hasValue(redis.counter("stock"));
      assertThat(values(attempts)).doesNotHaveDuplicates().contains(STOCK - 1, 0);
    }
  }

  /** Of the sales. */
  private static long[] values(Attempts attempts) {
    return IntStream.range(0, attempts.size())
        .mapToObj(attempts::get)
        .map(
            attempt ->
                attempt.outcome() instanceof Outcome.Sold(var value) ? value : OptionalLong.empty())
        .flatMapToLong(OptionalLong::stream)
        .toArray();
  }

  @Test
  void whoIsInterruptedBeforeTheStartBuysNothing() throws Exception {
    try (var stock = open(RedisStrategy.DECR, PATIENT)) {
      var storm = storm(stock, 5);
      var barrier =
          new StormBarrier() {
            @Override
            public void awaitStart(BooleanSupplier open) {
              storm.interrupt();
            }
          };
      assertThat(storm.run(barrier).attempts().size()).isZero();
      assertThat(redis.counter("stock")).isEqualTo(STOCK);
    }
  }

  @Test
  void aPausedRedisCostsExactlyWhatWasSentAndLosesNoBuyer() throws Exception {
    try (var stock = open(RedisStrategy.DECR, TIMEOUT)) {
      var storm = storm(stock, 100_000);
      var result = start(storm);
      Await.until("all is sold", () -> storm.progress().count(Kind.SOLD_OUT) > STOCK);
      redis.pause();
      redis.awaitTimeoutOf(TIMEOUT);
      Await.until("replies are overdue", () -> storm.progress().count(Kind.INDETERMINATE) > 0);
      redis.resume();
      var before = storm.progress().count(Kind.SOLD_OUT);
      Await.until("buyers go on", () -> storm.progress().count(Kind.SOLD_OUT) > before + BUYERS);
      storm.interrupt();

      var attempts = result.get().attempts();
      var settlement = result.get().ending().settlement();
      assertThat(settlement.settled()).isTrue();
      assertThat(settlement.left()).hasValue(redis.counter("stock"));
      assertThat(attempts.count(Kind.INDETERMINATE))
          .isBetween(1, CONNECTIONS * Pipeline.MOST_UNANSWERED);
      assertThat(values(attempts)).hasSize(STOCK).doesNotHaveDuplicates();
      var taken = STOCK - settlement.left().getAsLong();
      assertThat(taken)
          .isBetween(
              (long) attempts.count(Kind.SOLD) + attempts.count(Kind.SOLD_OUT),
              (long) attempts.size() - attempts.count(Kind.FAILED));
    }
  }

  @Test
  void buyersOfAKilledRedisEnd() throws Exception {
    try (var stock = open(RedisStrategy.DECR, TIMEOUT)) {
      var storm = storm(stock, 20);
      var result = start(storm);
      Await.until("buying has begun", () -> storm.progress().replies() > 0);
      redis.kill();

      var attempts = result.get().attempts();
      assertThat(attempts.size()).isEqualTo(20 * BUYERS);
      assertThat(attempts.count(Kind.INDETERMINATE))
          .isLessThanOrEqualTo(CONNECTIONS * Pipeline.MOST_UNANSWERED);
      assertThat(attempts.count(Kind.FAILED)).isPositive();
      assertThat(result.get().ending().settlement().settled()).isFalse();
    }
  }

  @Test
  void anInterruptedStormEndsWithAReplyForEveryAttempt() throws Exception {
    try (var stock = open(RedisStrategy.LUA, PATIENT)) {
      var storm = storm(stock, 100_000);
      var result = start(storm);
      Await.until("all is sold", () -> storm.progress().count(Kind.SOLD_OUT) > 0);
      storm.interrupt();
      var attempts = result.get().attempts();
      assertThat(attempts.count(Kind.SOLD)).isEqualTo(STOCK);
      assertThat(attempts.count(Kind.INDETERMINATE) + attempts.count(Kind.FAILED)).isZero();
      assertThat(result.get().ending().settlement().left()).hasValue(0);
    }
  }

  /** Each purchase comes as soon as it may: none must meet the connection that was closed. */
  @Test
  void theSaleContinuesAfterSettling() {
    try (var stock = open(RedisStrategy.DECR, PATIENT)) {
      for (var left = STOCK - 1; left >= STOCK - 300; left--) {
        try (var lease = stock.acquire(() -> true).orElseThrow()) {
          assertThat(lease.buy()).isEqualTo(new Outcome.Sold(OptionalLong.of(left)));
        }
        assertThat(stock.settleAndContinue()).isEqualTo(Settlement.settled(left));
      }
    }
  }

  @Test
  void doesNotSettleWhileRedisIsPaused() throws Exception {
    try (var stock = open(RedisStrategy.DECR, TIMEOUT);
        var lease = stock.acquire(() -> true).orElseThrow()) {
      redis.pause();
      assertThat(lease.buy().kind()).isEqualTo(Kind.INDETERMINATE);
      assertThat(stock.settleAndContinue().settled()).isFalse();
      redis.resume();
      assertThat(stock.settleAndContinue()).isEqualTo(Settlement.settled(redis.counter("stock")));
      assertThat(lease.buy().kind()).isEqualTo(Kind.SOLD);
    }
  }

  @Test
  void forgottenScriptsCostNoAttempt() throws Exception {
    try (var stock = open(RedisStrategy.LUA, PATIENT)) {
      redis.call("SCRIPT", "FLUSH");
      var attempts = storm(stock, 2).run().attempts();
      assertThat(attempts.count(Kind.SOLD)).isEqualTo(STOCK);
      assertThat(attempts.count(Kind.SOLD_OUT)).isEqualTo(2 * BUYERS - STOCK);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "INCR stock, SOLD",
    "DECRBY stock 2000, SOLD_OUT",
    "LLEN stock, FAILED",
    "NONSENSE stock, FAILED",
    "GET stock, INDETERMINATE",
    "GET nothing, INDETERMINATE",
    "LPOP nothing 1, INDETERMINATE",
    "LRANGE nothing 0 -1, INDETERMINATE",
    "COMMAND INFO GET, INDETERMINATE",
    "SET other 1, INDETERMINATE",
  })
  void understandsEveryTypeOfReply(String command, Kind kind) {
    var strategy = new Words(command);
    var config = new RedisStockConfig(RedisStrategy.DECR, "stock", PATIENT);
    var names = new NamedConnections(redis.endpoint(), PATIENT, "run");
    var sent = new EncodedCommand(strategy.command(), 3);
    var pipeline =
        new Pipeline(
            0,
            redis.route(),
            config,
            names,
            strategy,
            sent,
            new ParkedReaders(System::nanoTime),
            System::nanoTime);
    pipeline.open();
    for (var i = 0; i < 3; i++) {
      assertThat(pipeline.carryOut(new PipelinedRequest(sent)).outcome().kind()).isEqualTo(kind);
    }
    var decr = new EncodedCommand(new Decr("stock").command(), 1);
    assertThat(pipeline.carryOut(new PipelinedRequest(decr)).outcome().kind().replied())
        .as("goes on")
        .isTrue();
    pipeline.close();
  }

  /** Any command, whose reply is taken as that of a DECR. */
  private record Words(String words) implements NumberReply {
    @Override
    public void prepare(Connection connection) {}

    @Override
    public CommandArguments command() {
      var parts = words.split(" ", -1);
      var command = new CommandArguments(() -> parts[0].getBytes(StandardCharsets.UTF_8));
      for (var i = 1; i < parts.length; i++) {
        command.add(parts[i]);
      }
      return command;
    }

    @Override
    public Optional<CommandArguments> evalFallback() {
      return Optional.empty();
    }

    @Override
    public Outcome outcome(long reply) {
      return new Decr("stock").outcome(reply);
    }

    @Override
    public Outcome buy(Connection connection) {
      throw new UnsupportedOperationException("only on shared connections");
    }
  }
}
