package io.github.ticketsim.http;

import static io.github.ticketsim.http.BrokenClientsIT.assertProblem;
import static io.github.ticketsim.http.BrokenClientsIT.exchange;
import static io.github.ticketsim.http.BrokenClientsIT.write;
import static io.github.ticketsim.http.RequestGrammarTest.HEAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.MemoryRecords;
import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is not one request beyond doubt buys nothing, over raw sockets. */
@Timeout(60)
class StrictHttpIT {
  @AutoClose private static final RedisServer REDIS = RedisServer.own();
  private static RunningService service;

  @BeforeAll
  static void start() throws Exception {
    service = RunningService.sells(100_000, REDIS);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @MethodSource("io.github.ticketsim.http.RequestGrammarTest#malformed")
  void whatIsMalformedIsRefusedAndBuysNothing(RequestGrammarTest.Malformed malformed)
      throws Exception {
    var before = service.json("/records").size();
    assertProblem(exchange(service, malformed.request()), malformed.status());
    assertThat(service.json("/records").size()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("io.github.ticketsim.http.RequestGrammarTest#malformed")
  void whatComesBeforeItIsAnsweredAndNothingAfterIt(RequestGrammarTest.Malformed malformed)
      throws Exception {
    var before = service.json("/records").size();
    var answers = exchange(service, HEAD + "\r\n" + malformed.request() + HEAD + "\r\n");
    assertThat(answers).startsWith("HTTP/1.1 200 OK\r\n");
    assertProblem(answers.substring(answers.indexOf("HTTP/1.1", 1)), malformed.status());
    assertThat(service.json("/records").size()).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @MethodSource("io.github.ticketsim.http.RequestGrammarTest#wellFormed")
  void whatIsWellFormedIsAnsweredAndTheConnectionGoesOn(String request) throws Exception {
    var last = HEAD + "Connection: close\r\n\r\n";
    assertThat(exchange(service, request + request + last).split("HTTP/1.1 200 OK", -1)).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P",
        "POST /buy HTTP/1.1\r",
        "POST /buy HTTP/1.1\r\n",
        HEAD + "A",
        HEAD,
        HEAD + "Content-Length: 10\r\n\r\nhalf",
        HEAD + "Transfer-Encoding: chunked\r\n\r\n",
        HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nha",
        HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\nha\r\n0\r\n"
      })
  void whatEndsInItsMiddleIsRefusedAndBuysNothing(String half) throws Exception {
    var before = service.json("/records").size();
    try (var socket = service.connect()) {
      write(socket, half);
      socket.shutdownOutput();
      assertProblem(
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1), 400);
    }
    assertThat(service.json("/records").size()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUERY", "PURCHASE", "P0ST", "TRACE", "CONNECT"})
  void aMethodThatNoPathTakesIsNotAllowed(String method) throws Exception {
    var before = service.json("/records").size();
    var last = "\r\n" + HEAD + "Connection: close\r\n\r\n";
    var answers = exchange(service, method + " /buy HTTP/1.1\r\nHost: localhost\r\n" + last);
    assertProblem(answers, 405);
    assertThat(answers).containsIgnoringCase("\r\nallow: POST\r\n").contains("HTTP/1.1 200 OK");
    assertThat(service.json("/records").size()).isEqualTo(before + 1);
  }

  @Test
  void whoEndsBetweenRequestsIsNotTold() throws Exception {
    try (var socket = service.connect()) {
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
  }

  /** An error of ours, and not of the client: it gets the one 500 that there is. */
  @Test
  void whatBreaksDownIsA500() throws Exception {
    var records = new SlowRecords(new MemoryRecords(100), 100);
    records.beforeAppend(
        () -> {
          throw new StackOverflowError("on purpose");
        });
    try (var broken =
        RunningService.sells(
            10, REDIS, RunningService.LIMITS, Duration.ofSeconds(2), _ -> records)) {
      var answer = broken.buy();
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("this is a bug in ticket-sim, see its log");
    }
  }

  @Test
  void everyAnswerOfOursIsInTheDocument() throws Exception {
    service
        .json("/openapi.json")
        .get("paths")
        .forEach(
            path ->
                path.forEach(
                    operation ->
                        assertThat(operation.get("responses").propertyNames())
                            .contains("200", "400", "413", "417", "421", "500", "501", "505")));
  }
}
