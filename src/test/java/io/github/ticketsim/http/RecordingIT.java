package io.github.ticketsim.http;

import static io.github.ticketsim.http.RunningService.LIMITS;
import static io.github.ticketsim.http.RunningService.assertProblem;
import static io.github.ticketsim.http.RunningService.id;
import static io.github.ticketsim.http.RunningService.ids;
import static io.github.ticketsim.http.RunningService.json;
import static io.github.ticketsim.http.RunningService.limits;
import static io.github.ticketsim.http.RunningService.unchecked;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.ledger.MemoryRecords;
import io.github.ticketsim.ledger.RecordsException;
import io.github.ticketsim.ledger.sql.RecordsUrl;
import io.github.ticketsim.ledger.sql.SaleClaim;
import io.github.ticketsim.ledger.sql.SqlRecords;
import io.github.ticketsim.stock.Outcome.Kind;
import io.github.ticketsim.stock.redis.RedisServer;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.verify.Judgement.Result;
import io.github.ticketsim.verify.Verifier;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each purchase is recorded before it is answered, whatever happens to Redis or the records. */
@Timeout(180)
class RecordingIT {
  @AutoClose private static final RedisServer REDIS = RedisServer.own();

  @Test
  void sellsNothingThatItCannotRecord() throws Exception {
    try (var service = RunningService.sells(10, REDIS, LIMITS, Duration.ofSeconds(2), 3)) {
      for (var i = 0; i < 3; i++) {
        assertThat(service.buy().statusCode()).isEqualTo(200);
      }
      var fourth = service.buy();
      assertProblem(fourth, 503, "records are full");
      assertThat(json(fourth).get("reason").asString()).isEqualTo("records");
      assertThat(service.json("/stock").get("left").asInt()).isEqualTo(7);
    }
  }

  /** On connections that purchases share, and on connections of their own. */
  @ParameterizedTest
  @EnumSource(names = {"DECR", "LIST"})
  void everyAnswerStandsInTheRecordsWhenRedisIsKilledInMidLoad(RedisStrategy strategy)
      throws Exception {
    try (var redis = RedisServer.own();
        var service =
            RunningService.sells(1_000_000, redis, LIMITS, Duration.ofMillis(500), strategy)) {
      var sale = CompletableFuture.supplyAsync(() -> service.buyAtOnce(5_000));
      Await.until("tickets are sold", () -> service.json("/records?limit=100").size() == 100);
      redis.pause();
      service.awaitInFlight(RunningService.AT_ONCE);
      redis.kill();
      var answers = sale.join();
      assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200, 503, 504);
      assertThat(answers).anyMatch(answer -> answer.statusCode() == 200);
      assertThat(answers).anyMatch(answer -> answer.statusCode() == 503);
      var promised =
          answers.stream()
              .filter(answer -> answer.statusCode() != 503)
              .map(answer -> id(answer) + json(answer).get("result").asString())
              .toList();
      var recorded =
          StreamSupport.stream(service.json("/records").spliterator(), false)
              .map(record -> record.get("id").asString() + record.get("result").asString())
              .toList();
      assertThat(recorded).containsExactlyInAnyOrderElementsOf(promised);
      var history = service.end();
      assertThat(history.attempts().size()).isEqualTo(5_000);
      assertThat(history.attempts().count(Kind.FAILED)).isPositive();
      assertThat(Verifier.verify(history).result()).isEqualTo(Result.UNKNOWN);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DECR", "LUA", "LIST"})
  void aPausedRedisCostsPurchasesButNotTheProof(RedisStrategy strategy) throws Exception {
    var timeout = Duration.ofMillis(500);
    try (var redis = RedisServer.own();
        var service =
            RunningService.sells(
                100, redis, limits(Duration.ofMillis(700), 1_000, 10), timeout, strategy)) {
      service.buyAtOnce(50);
      redis.pause();
      var answers = service.buyAtOnce(200);
      assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(503, 504);
      redis.resume();
      Await.until("Redis answers again", () -> service.get("/health").statusCode() == 200);
      assertThat(service.buyAtOnce(500)).allMatch(answer -> answer.statusCode() == 200);
      var verdict = service.json("/verdict");
      assertThat(verdict.get("verdict").asString()).as(verdict.toString()).isEqualTo("VALID");
      assertThat(verdict.get("end").get("settled").asBoolean()).isTrue();
    }
  }

  @Test
  void whatAPurchaseHasWaitedForIsTakenFromItsTime() throws Exception {
    var records = new SlowRecords(new MemoryRecords(100), 100);
    try (var service =
        RunningService.sells(10, REDIS, LIMITS, Duration.ofSeconds(2), _ -> records)) {
      service.buy("Idempotency-Key", "key");
      assertThat(records.timeoutsOfIntents())
          .hasSize(1)
          .allMatch(timeout -> timeout.compareTo(LIMITS.requestTime()) < 0);
    }
  }

  @Test
  void whoWaitsForItsIntentKeepsNobodyFromRedis() throws Exception {
    var records = new SlowRecords(new MemoryRecords(100), 100);
    var kept = new CountDownLatch(1);
    records.beforeIntent(kept::await);
    try (var buyers = Executors.newVirtualThreadPerTaskExecutor();
        var service =
            RunningService.sells(100, REDIS, LIMITS, Duration.ofSeconds(2), _ -> records)) {
      var keyed =
          IntStream.range(0, RunningService.POOL)
              .mapToObj(
                  i -> CompletableFuture.supplyAsync(() -> unchecked(service, "key-" + i), buyers))
              .toList();
      try {
        Await.until(
            "all wait for their intents",
            () -> records.timeoutsOfIntents().size() == RunningService.POOL);
        assertThat(service.buy().statusCode()).isEqualTo(200);
      } finally {
        kept.countDown();
      }
      assertThat(keyed).allMatch(answer -> answer.join().statusCode() == 200);
    }
  }

  @Test
  void anIntentWhoseTurnDoesNotComeIsTakenBack(@TempDir Path folder) throws Exception {
    var url = RecordsUrl.parse("jdbc:sqlite:" + folder.resolve("records.db"));
    var sale = new AtomicReference<SqlRecords>();
    try (var redis = RedisServer.own();
        var service =
            RunningService.sells(
                100,
                redis,
                limits(Duration.ofMillis(300), 100, 10),
                Duration.ofSeconds(60),
                run -> {
                  sale.set(SaleClaim.of(url, run.key()).begin(run, 1_000));
                  return sale.get();
                })) {
      redis.pause();
      var others = CompletableFuture.supplyAsync(() -> service.buyAtOnce(2 * RunningService.POOL));
      Await.until(
          "all turns are taken",
          () ->
              service.metric("ticket_sim_refused_total{reason=\"not_executed\"}")
                  == RunningService.POOL);
      assertProblem(service.buy("Idempotency-Key", "key"), 503, "no turn");
      redis.resume();
      others.join();
      sale.get().close();
    }
    try (var claim = SaleClaim.of(url, sale.get().run().key());
        var records = claim.carryOn(claim.sale().orElseThrow(), 1_000)) {
      assertThat(records.past().keyed()).isEmpty();
    }
  }

  /** Should the service die now, its key could only be told that it was about to be bought with. */
  @Test
  void aFailureThatMayNotBeRecordedIsOfUnknownFateForItsKey() throws Exception {
    var records = new SlowRecords(new MemoryRecords(1_000_000), 1_000_000);
    try (var redis = RedisServer.own();
        var service = RunningService.sells(5, redis, LIMITS, Duration.ofSeconds(2), _ -> records)) {
      redis.kill();
      Await.until("the connections that died are used up", () -> service.buy().statusCode() == 503);
      records.beforeAppend(
          () -> {
            throw new RecordsException("the database is gone", null);
          });
      assertProblem(service.buy(), 503, "refused");
      var unknown = service.buy("Idempotency-Key", "key");
      assertProblem(unknown, 504, "the database is gone");
      assertThat(service.buy("Idempotency-Key", "key").body()).isEqualTo(unknown.body());
    }
  }

  @Test
  void aPurchaseIsMeasuredWithItsRecord() throws Exception {
    var records = new SlowRecords(new MemoryRecords(100), 100);
    try (var service =
        RunningService.sells(10, REDIS, LIMITS, Duration.ofSeconds(2), _ -> records)) {
      records.beforeAppend(
          () -> assertThat(service.metric("ticket_sim_purchase_duration_seconds_count")).isZero());
      assertThat(service.buy().statusCode()).isEqualTo(200);
      assertThat(service.metric("ticket_sim_purchase_duration_seconds_count")).isEqualTo(1);
    }
  }

  /** The first purchase finds it out, too late for its ticket; after it nobody takes one. */
  @Test
  void withoutItsDatabaseItSaysSoAndSellsNothing(@TempDir Path folder) throws Exception {
    var file = folder.resolve("records.db");
    var away = folder.resolve("away.db");
    var url = RecordsUrl.parse("jdbc:sqlite:" + file);
    try (var service =
        RunningService.sells(
            10,
            REDIS,
            LIMITS,
            Duration.ofSeconds(2),
            run -> SaleClaim.of(url, run.key()).begin(run, 1_000))) {
      assertThat(service.buy().statusCode()).isEqualTo(200);
      Files.move(file, away);
      var unknown = service.buy();
      assertProblem(unknown, 504, "it may not be recorded", "gone");
      assertThat(json(unknown).get("result").asString()).isEqualTo("unknown");
      assertThat(service.get("/metrics").body())
          .contains("{outcome=\"sold\"} 1\n", "{outcome=\"indeterminate\"} 1\n");
      var refused = service.buy();
      assertProblem(refused, 503, "gone");
      assertThat(json(refused).get("reason").asString()).isEqualTo("records");
      assertProblem(service.get("/health"), 503, "gone");
      assertProblem(service.get("/verdict"), 503, "gone");
      assertThat(service.json("/stock").get("left").asInt()).isEqualTo(8);
      Files.move(away, file);
      Await.until("it sells again", () -> service.get("/health").statusCode() == 200);
      assertThat(service.buy().statusCode()).isEqualTo(200);
      var found = ids(service.json("/records"));
      assertThat(found).hasSize(3).contains(id(unknown));
    }
  }
}
