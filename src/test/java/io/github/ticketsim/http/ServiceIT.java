package io.github.ticketsim.http;

import static io.github.ticketsim.http.RunningService.LIMITS;
import static io.github.ticketsim.http.RunningService.PROBLEM;
import static io.github.ticketsim.http.RunningService.assertProblem;
import static io.github.ticketsim.http.RunningService.ids;
import static io.github.ticketsim.http.RunningService.json;
import static io.github.ticketsim.http.RunningService.limits;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.Outcome.Kind;
import io.github.ticketsim.stock.redis.RedisServer;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.verify.Judgement.Result;
import io.github.ticketsim.verify.Verifier;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service over real HTTP, on a real Redis. */
@Timeout(180)
class ServiceIT {
  private static final String UUID_V7 =
      "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

  @AutoClose private static final RedisServer REDIS = RedisServer.own();

  private static RunningService sells(long tickets) throws Exception {
    return RunningService.sells(tickets, REDIS);
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
          .containsExactlyInAnyOrderElementsOf(answers.stream().map(RunningService::id).toList());
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
}
