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
import io.github.ticketsim.stock.redis.RedisServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests with an {@code Idempotency-Key}, over real HTTP, on a real Redis. */
@Timeout(180)
class IdempotencyKeyIT {
  @AutoClose private static final RedisServer REDIS = RedisServer.own();

  private static RunningService sells(long tickets) throws Exception {
    return RunningService.sells(tickets, REDIS);
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
}
