package io.github.ticketsim.http;

import static io.github.ticketsim.http.RunningService.LIMITS;
import static io.github.ticketsim.http.RunningService.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.ledger.MemoryRecords;
import io.github.ticketsim.ledger.RecordsException;
import io.github.ticketsim.ledger.sql.RecordsUrl;
import io.github.ticketsim.ledger.sql.SaleClaim;
import io.github.ticketsim.ledger.sql.SqlRecords;
import io.github.ticketsim.service.Limits;
import io.github.ticketsim.stock.Outcome.Kind;
import io.github.ticketsim.stock.redis.RedisServer;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.verify.Verdict.Result;
import io.github.ticketsim.verify.Verifier;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The service over real HTTP, on a real Redis. */
@Timeout(180)
class ServiceIT {
  private static final String UUID_V7 =
      "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
  private static final String PROBLEM = "application/problem+json";

  @AutoClose private static final RedisServer REDIS = RedisServer.own();

  private static RunningService sells(long tickets) throws Exception {
    return RunningService.sells(tickets, REDIS);
  }

  private static Limits limits(Duration requestTime, int inFlight, int keys) {
    return new Limits(
        LIMITS.connections(), LIMITS.bodyBytes(), requestTime, LIMITS.idleTime(), inFlight, keys);
  }

  private static void assertProblem(HttpResponse<String> response, int status, String... words) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains(PROBLEM);
    assertThat(json(response).get("status").asInt()).isEqualTo(status);
    assertThat(json(response).get("detail").asString()).contains(words);
  }

  private static String id(HttpResponse<String> response) {
    return json(response).get("id").asString();
  }

  private static List<String> ids(JsonNode records) {
    return StreamSupport.stream(records.spliterator(), false)
        .map(record -> record.get("id").asString())
        .toList();
  }

  @Test
  void answersInTheFixedShape() throws Exception {
    try (var service = sells(1)) {
      for (var result : List.of("true", "false")) {
        var response = service.buy();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body())
            .matches(
                "\\{\"id\":\"%s\",\"timestamp\":[0-9]{13},\"result\":\"%s\"}"
                    .formatted(UUID_V7, result));
      }
    }
  }

  @Test
  void sellsEachTicketOnceHoweverManyBuyAtOnce() throws Exception {
    try (var service = sells(300)) {
      var answers = service.buyAtOnce(1_000);
      assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
      assertThat(answers)
          .filteredOn(answer -> json(answer).get("result").asString().equals("true"))
          .hasSize(300);
      var records = service.json("/records");
      assertThat(ids(records))
          .containsExactlyInAnyOrderElementsOf(answers.stream().map(ServiceIT::id).toList());
      assertThat(service.json("/records?result=true").size()).isEqualTo(300);
      assertThat(service.json("/verdict").get("verdict").asString()).isEqualTo("VALID");
      assertThat(service.get("/stock").body())
          .isEqualTo("{\"stock\":300,\"left\":0,\"counter\":-700}");
    }
  }

  @Test
  void recordsHaveExactlyTheThreeFieldsOfTheAnswer() throws Exception {
    try (var service = sells(1)) {
      var first = service.buy().body();
      var second = service.buy().body();
      assertThat(service.get("/records").body()).isEqualTo("[" + first + ",\n" + second + "]\n");
      var lines = service.send(service.at("/records").header("Accept", "application/x-ndjson"));
      assertThat(lines.headers().firstValue("Content-Type")).contains("application/x-ndjson");
      assertThat(lines.body()).isEqualTo(first + "\n" + second + "\n");
    }
  }

  @Test
  void recordsOfASaleThatHasNotBegunAreEmpty() throws Exception {
    try (var service = sells(1)) {
      assertThat(service.get("/records").body()).isEqualTo("[]\n");
      var lines = service.send(service.at("/records").header("Accept", "application/x-ndjson"));
      assertThat(lines.body()).isEmpty();
    }
  }

  @Test
  void pagingWhileTicketsAreSoldMissesNoneAndSeesNoneTwice() throws Exception {
    try (var service = sells(500)) {
      var sale = CompletableFuture.runAsync(() -> service.buyAtOnce(2_000));
      var seen = new ArrayList<String>();
      while (seen.size() < 2_000) {
        var after = seen.isEmpty() ? "" : "&after=" + seen.getLast();
        var page = ids(service.json("/records?limit=7" + after));
        assertThat(page).hasSizeLessThanOrEqualTo(7);
        seen.addAll(page);
      }
      sale.join();
      assertThat(seen).isEqualTo(ids(service.json("/records"))).doesNotHaveDuplicates();
    }
  }

  @Test
  void takesTheLimitsThatItsDocumentPromises() throws Exception {
    try (var service = sells(1)) {
      var limit = service.json("/openapi.json").at("/paths/~1records/get/parameters/1");
      assertThat(limit.get("name").asString()).isEqualTo("limit");
      var most = limit.at("/schema/maximum").asLong();
      assertThat(service.get("/records?limit=" + most).statusCode()).isEqualTo(200);
      assertProblem(service.get("/records?limit=" + (most + 1)), 400, "limit");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "limit=x,400,limit",
    "limit=0,400,limit",
    "limit=1&limit=2,400,limit",
    "result=maybe,400,result",
    "after=1-2-3-4-5,400,after",
    "after=01a201f1-3b2f-7c6e-8f0d-2f6a3c1b9e55,404,no record",
    "before=1,400,before"
  })
  void saysWhatIsWrongWithAQuestionForRecords(String query, int status, String word)
      throws Exception {
    try (var service = sells(1)) {
      assertProblem(service.get("/records?" + query), status, word);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/buy,POST",
    "/records,GET",
    "/stock,GET",
    "/verdict,GET",
    "/metrics,GET",
    "/health,GET",
    "/openapi.json,GET"
  })
  void everyPathHasOneMethodAndIsDescribed(String path, String allowed) throws Exception {
    try (var service = sells(1)) {
      var described = service.json("/openapi.json").get("paths").get(path);
      assertThat(described.propertyNames())
          .containsExactly(allowed.toLowerCase(java.util.Locale.ROOT));
      for (var method : List.of("GET", "POST", "PUT", "DELETE", "PATCH")) {
        var response = service.send(service.at(path).method(method, BodyPublishers.noBody()));
        if (method.equals(allowed)) {
          assertThat(response.statusCode()).isEqualTo(200);
        } else {
          assertProblem(response, 405, path, allowed);
          assertThat(response.headers().firstValue("Allow")).contains(allowed);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/buy,post,409",
    "/buy,post,503",
    "/records,get,503",
    "/stock,get,503",
    "/verdict,get,503",
    "/health,get,503"
  })
  void describesWhatMayBeTriedAgain(String path, String method, String status) throws Exception {
    try (var service = sells(1)) {
      var described =
          service
              .json("/openapi.json")
              .at("/paths/" + path.replace("/", "~1") + "/" + method)
              .at("/responses/" + status);
      assertThat(described.at("/headers/Retry-After").isObject()).isTrue();
      assertThat(described.at("/content").propertyNames()).containsExactly(PROBLEM);
    }
  }

  @Test
  void describesAllThatItSaysOfItsHealth() throws Exception {
    try (var redis = RedisServer.own();
        var service = RunningService.sells(1, redis, LIMITS, Duration.ofSeconds(2))) {
      var api = service.json("/openapi.json");
      var schema =
          api.at("/paths/~1health/get/responses/503/content").get(PROBLEM).at("/schema/$ref");
      var described = api.at(schema.asString().substring(1)).at("/allOf");
      redis.kill();
      var down = service.get("/health");
      assertProblem(down, 503, "nobody listens");
      assertThat(json(down).get("health")).isEqualTo(described.at("/1/properties/health/const"));
      assertThat(down.headers().firstValue("Retry-After")).contains("1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/buy/", "/buy/1", "/BUY", "/%62uy/"})
  void anyOtherPathIsNotFound(String path) throws Exception {
    try (var service = sells(1)) {
      assertProblem(service.send(service.at(path).POST(BodyPublishers.noBody())), 404, "/buy");
      assertThat(service.json("/records").size()).isZero();
    }
  }

  @Test
  void concurrentRequestsWithTheSameKeyAreOnePurchase() throws Exception {
    try (var service = sells(30);
        var buyers = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          IntStream.range(0, 1_000)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> {
                            try {
                              return service.buy("Idempotency-Key", "key-" + i % 20);
                            } catch (java.io.IOException e) {
                              throw new AssertionError(e);
                            }
                          },
                          buyers))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
      assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
      assertThat(new HashSet<>(answers.stream().map(HttpResponse::body).toList())).hasSize(20);
      assertThat(service.json("/records").size()).isEqualTo(20);
      assertThat(service.json("/stock").get("left").asInt()).isEqualTo(10);
    }
  }

  @Test
  void aKeyGivesTheSamePurchaseWhateverHappenedInBetween() throws Exception {
    try (var service = sells(1)) {
      var first = service.buy("Idempotency-Key", "mine").body();
      assertThat(first).contains("\"true\"");
      var second = service.buy("Idempotency-Key", "other").body();
      assertThat(second).contains("\"false\"");
      assertThat(service.buy("Idempotency-Key", "mine").body()).isEqualTo(first);
      assertThat(service.buy("Idempotency-Key", "other").body()).isEqualTo(second);
      assertThat(service.json("/records").size()).isEqualTo(2);
    }
  }

  @Test
  void refusesAMalformedKeyBeforeAnythingIsBought() throws Exception {
    try (var service = sells(1)) {
      for (var key : List.of("", "with blank", "with\ttab", "x".repeat(256))) {
        assertProblem(service.buy("Idempotency-Key", key), 400, "Idempotency-Key");
      }
      assertProblem(
          service.buy("Idempotency-Key", "a", "Idempotency-Key", "b"), 400, "Idempotency-Key");
      assertThat(service.json("/stock").get("left").asInt()).isEqualTo(1);
      assertThat(service.buy("Idempotency-Key", "x".repeat(255)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void refusesAFurtherKeyRatherThanForgetAnOldOne() throws Exception {
    try (var service =
        RunningService.sells(
            10, REDIS, limits(LIMITS.requestTime(), 100, 2), Duration.ofSeconds(2))) {
      var first = service.buy("Idempotency-Key", "1").body();
      service.buy("Idempotency-Key", "2");
      var third = service.buy("Idempotency-Key", "3");
      assertProblem(third, 503, "2 Idempotency-Keys");
      assertThat(json(third).get("reason").asString()).isEqualTo("idempotency_keys");
      assertThat(service.buy("Idempotency-Key", "1").body()).isEqualTo(first);
      assertThat(service.buy().statusCode()).as("without a key").isEqualTo(200);
      assertThat(service.json("/stock").get("left").asInt()).isEqualTo(7);
    }
  }

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

  @Test
  void beyondTheLimitOfPurchasesInFlightAnswersAtOnce() throws Exception {
    try (var redis = RedisServer.own();
        var service =
            RunningService.sells(
                10, redis, limits(Duration.ofSeconds(60), 5, 10), Duration.ofSeconds(60))) {
      redis.pause();
      var stuck = CompletableFuture.supplyAsync(() -> service.buyAtOnce(5));
      service.awaitInFlight(5);
      // With Redis paused nothing but the limit could answer this within the test's time.
      var sixth = service.buy();
      assertProblem(sixth, 503, "5 purchases");
      assertThat(json(sixth).get("reason").asString()).isEqualTo("in_flight");
      assertThat(sixth.headers().firstValue("Retry-After")).contains("1");
      assertThat(stuck).isNotDone();
      redis.resume();
      assertThat(stuck.join()).allMatch(answer -> answer.statusCode() == 200);
      service.awaitInFlight(0);
      assertThat(service.buy().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aSecondRequestWithAKeyWaitsForTheFirstButNotForEver() throws Exception {
    try (var redis = RedisServer.own();
        var service =
            RunningService.sells(
                10, redis, limits(Duration.ofMillis(300), 10, 10), Duration.ofSeconds(60))) {
      redis.pause();
      var first = CompletableFuture.supplyAsync(() -> unchecked(service, "key"));
      service.awaitInFlight(1);
      assertProblem(service.buy("Idempotency-Key", "key"), 409, "still under way");
      redis.resume();
      assertThat(service.buy("Idempotency-Key", "key").body()).isEqualTo(first.join().body());
    }
  }

  private static HttpResponse<String> unchecked(RunningService service, String key) {
    try {
      return service.buy("Idempotency-Key", key);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPurchaseOfUnknownFateStaysUnknownForItsKey() throws Exception {
    var timeout = Duration.ofMillis(300);
    try (var redis = RedisServer.own();
        var service = RunningService.sells(1, redis, LIMITS, timeout)) {
      redis.pause();
      var lost = service.buy("Idempotency-Key", "key");
      assertProblem(lost, 504, "not known");
      assertThat(json(lost).get("result").asString()).isEqualTo("unknown");
      redis.resume();
      Await.until("Redis answers again", () -> service.get("/health").statusCode() == 200);
      var again = service.buy("Idempotency-Key", "key");
      assertThat(again.body()).isEqualTo(lost.body());
      var records = service.json("/records");
      assertThat(ids(records)).containsExactly(id(lost));
      assertThat(records.get(0).get("timestamp")).isEqualTo(json(lost).get("timestamp"));
      assertThat(service.json("/records?result=unknown").size()).isEqualTo(1);
      service.buyAtOnce(5);
      // One sold at most, the lost one counted both ways.
      assertThat(service.json("/verdict").get("verdict").asString()).isNotEqualTo("INVALID");
    }
  }

  @Test
  void aPurchaseThatWasNotExecutedMayBeTriedAgainUnderItsKey() throws Exception {
    try (var redis = RedisServer.own();
        var service = RunningService.sells(5, redis, LIMITS, Duration.ofSeconds(2))) {
      redis.kill();
      Await.until("the connections that died are used up", () -> service.buy().statusCode() == 503);
      var failed = service.buy("Idempotency-Key", "key");
      assertProblem(failed, 503, "refused");
      assertThat(json(failed).get("reason").asString()).isEqualTo("not_executed");
      assertProblem(service.get("/health"), 503, "nobody listens");
      assertProblem(service.get("/stock"), 503, "nobody listens");
      redis.restart();
      assertThat(service.get("/health").statusCode()).isEqualTo(200);
      var tried = service.buy("Idempotency-Key", "key");
      assertThat(tried.statusCode()).isEqualTo(200);
      assertThat(service.buy("Idempotency-Key", "key").body()).isEqualTo(tried.body());
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

  @ParameterizedTest
  @EnumSource(names = {"DECR", "LUA", "LIST"})
  void judgesWhileItSells(RedisStrategy strategy) throws Exception {
    try (var service = RunningService.sells(100, REDIS, LIMITS, Duration.ofSeconds(2), strategy)) {
      service.buyAtOnce(200);
      var sale = CompletableFuture.supplyAsync(() -> service.buyAtOnce(3_000));
      var verdicts = new ArrayList<String>();
      while (!sale.isDone()) {
        verdicts.add(service.json("/verdict").get("verdict").asString());
      }
      assertThat(sale.join()).allMatch(answer -> answer.statusCode() == 200);
      assertThat(Set.copyOf(verdicts)).containsExactly("VALID");
      assertThat(service.json("/verdict").get("outcomes").get("sold_out").asInt()).isEqualTo(3_100);
    }
  }

  @Test
  void answersWhatIsUnderWayWhenItEnds() throws Exception {
    try (var redis = RedisServer.own();
        var service = RunningService.sells(10, redis, LIMITS, Duration.ofSeconds(60))) {
      redis.pause();
      var underWay = CompletableFuture.supplyAsync(() -> service.buyAtOnce(16));
      service.awaitInFlight(16);
      var history = CompletableFuture.supplyAsync(() -> ended(service));
      Await.until("nobody is let in", () -> service.buy().body().contains("\"closing\""));
      assertThat(underWay).isNotDone();
      redis.resume();
      assertThat(underWay.join()).allMatch(answer -> answer.statusCode() == 200);
      assertThat(history.join().attempts().count(Kind.SOLD)).isEqualTo(10);
      assertThat(Verifier.verify(history.join()).result()).isEqualTo(Result.VALID);
      assertThat(RedisServer.listens(service.port())).isFalse();
    }
  }

  private static io.github.ticketsim.ledger.History ended(RunningService service) {
    try {
      return service.end();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void countsInTheFormOfPrometheus() throws Exception {
    try (var service = sells(3)) {
      service.buyAtOnce(5);
      var metrics = service.get("/metrics");
      assertThat(metrics.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/plain; version=0.0.4");
      assertThat(metrics.body().lines())
          .contains(
              "ticket_sim_purchases_total{outcome=\"sold\"} 3",
              "ticket_sim_purchases_total{outcome=\"sold_out\"} 2",
              "ticket_sim_refused_total{reason=\"in_flight\"} 0",
              "ticket_sim_purchase_duration_seconds_bucket{le=\"+Inf\"} 5",
              "ticket_sim_purchase_duration_seconds_count 5",
              "ticket_sim_pool_wait_seconds_count 5",
              "ticket_sim_purchases_in_flight 0")
          .allMatch(
              line ->
                  line.startsWith("# ")
                      || line.matches("[a-z_]+(\\{[a-z]+=\"[^\"]+\"})? [0-9.E+-]+"));
      assertThat(Stream.of(metrics.body().split("\n")).filter(line -> line.startsWith("# TYPE ")))
          .doesNotHaveDuplicates();
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
