package io.github.ticketsim.http;

import static io.github.ticketsim.http.RunningService.LIMITS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.ledger.MemoryRecords;
import io.github.ticketsim.service.ClientLimits;
import io.github.ticketsim.stock.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are slow, wrong or gone, over raw sockets. */
@Timeout(60)
class BrokenClientsIT {
  private static final String BUY = "POST /buy HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: ([0-9]+)\r\n");
  private static final int IDLE_CONNECTIONS = 2_000;

  /** For what may wait for ever: the test ends it by closing its socket. */
  private static final Executor VIRTUAL = Thread::startVirtualThread;

  @AutoClose private static final RedisServer REDIS = RedisServer.own();

  private static RunningService impatient(Duration requestTime, Duration idleTime)
      throws Exception {
    var limits = new ClientLimits(5_000, LIMITS.bodyBytes(), requestTime, idleTime, 1_000, 10);
    return RunningService.sells(1_000, REDIS, limits, Duration.ofSeconds(2));
  }

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** All that comes until the server closes. */
  private static String rest(Socket socket) {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String exchange(RunningService service, String request) throws IOException {
    try (var socket = service.connect()) {
      // At the same time: who does not read is ended.
      var response = CompletableFuture.supplyAsync(() -> rest(socket));
      write(socket, request);
      return response.join();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P",
        "POST /b",
        "POST /buy HTTP/1.1\r\nHost: localhost\r\n",
        "POST /buy HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf",
        "POST /buy HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nha"
      })
  void aRequestOfWhichHalfIsSentEndsAndBuysNothing(String half) throws Exception {
    try (var service = impatient(Duration.ofMillis(300), Duration.ofSeconds(60))) {
      assertThat(exchange(service, half)).isEmpty();
      assertThat(service.buy().statusCode()).isEqualTo(200);
      assertThat(service.json("/records").size()).isEqualTo(1);
    }
  }

  @Test
  void aRequestThatDribblesInEndsAllTheSame() throws Exception {
    try (var service = impatient(Duration.ofMillis(300), Duration.ofSeconds(60));
        var socket = service.connect()) {
      write(socket, "POST /buy HTTP/1.1\r\nHost: localhost\r\n");
      Await.until(
          "the server hangs up",
          () -> {
            try {
              write(socket, "x");
              return false;
            } catch (SocketException _) {
              return true;
            }
          });
    }
  }

  @Test
  void aConnectionThatSendsNoRequestEnds() throws Exception {
    try (var service = impatient(Duration.ofSeconds(60), Duration.ofMillis(300))) {
      assertThat(exchange(service, "")).isEmpty();
    }
  }

  /** The half came together with the whole before it. */
  @Test
  void halfARequestAfterAnotherEndsAllTheSame() throws Exception {
    try (var service = impatient(Duration.ofMillis(300), Duration.ofSeconds(60))) {
      assertThat(exchange(service, BUY + "POST /b").split("HTTP/1.1", -1)).hasSize(2);
    }
  }

  @Test
  void aConnectionMayIdleBetweenRequestsForLongerThanARequestMayTake() throws Exception {
    try (var service = impatient(Duration.ofMillis(200), Duration.ofSeconds(60));
        var idle = service.connect()) {
      write(idle, BUY);
      Await.until("it is bought", () -> service.json("/records").size() == 1);
      // A request that takes too long is ended: so long has the idle one been idle then.
      exchange(service, "POST /buy HTTP/1.1\r\n");
      write(idle, BUY.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      assertThat(rest(idle).split("\"result\":\"true\"", -1)).hasSize(3);
    }
  }

  @Test
  void idleConnectionsKeepNobodyFromBuying() throws Exception {
    try (var service = impatient(Duration.ofSeconds(5), Duration.ofSeconds(60))) {
      var idle = new ArrayList<Socket>();
      try {
        for (var i = 0; i < IDLE_CONNECTIONS; i++) {
          idle.add(service.connect());
        }
        Await.until(
            "all are accepted", () -> service.metric("ticket_sim_connections") > IDLE_CONNECTIONS);
        assertThat(service.buyAtOnce(100)).allMatch(answer -> answer.statusCode() == 200);
      } finally {
        for (var socket : idle) {
          socket.close();
        }
      }
      Await.until(
          "all are gone", () -> service.metric("ticket_sim_connections") < IDLE_CONNECTIONS / 2);
    }
  }

  @Test
  void beyondTheLimitConnectionsWaitUntilAnotherEnds() throws Exception {
    var limits = new ClientLimits(2, 1_000, Duration.ofSeconds(5), Duration.ofSeconds(60), 10, 10);
    try (var service = RunningService.sells(10, REDIS, limits, Duration.ofSeconds(2));
        var first = service.connect();
        var second = service.connect();
        var third = service.connect()) {
      write(first, BUY);
      write(second, BUY);
      assertThat(first.getInputStream().read()).isEqualTo('H');
      assertThat(second.getInputStream().read()).isEqualTo('H');
      write(third, BUY);
      first.shutdownOutput();
      assertThat(third.getInputStream().read()).isEqualTo('H');
    }
  }

  @Test
  void aPurchaseIsRecordedThoughItsBuyerHangsUp() throws Exception {
    try (var redis = RedisServer.own();
        var service = RunningService.sells(10, redis, LIMITS, Duration.ofSeconds(60))) {
      redis.pause();
      try (var gone = service.connect()) {
        // With this, closing is a reset.
        gone.setSoLinger(true, 0);
        write(gone, BUY);
        service.awaitInFlight(1);
      }
      redis.resume();
      service.awaitInFlight(0);
      var records = service.json("/records");
      assertThat(records.size()).isEqualTo(1);
      assertThat(records.get(0).get("result").asString()).isEqualTo("true");
      assertThat(service.json("/stock").get("left").asInt()).isEqualTo(9);
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    try (var service = impatient(Duration.ofSeconds(5), Duration.ofSeconds(60))) {
      var answers =
          exchange(
              service, BUY.repeat(99) + BUY.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(101);
      var bodies = answers.lines().filter(line -> line.startsWith("{")).toList();
      assertThat(bodies).hasSize(100);
      var inOrder = new ArrayList<String>();
      service.json("/records").forEach(record -> inOrder.add(record.get("id").asString()));
      assertThat(inOrder).hasSize(100);
      for (var i = 0; i < inOrder.size(); i++) {
        assertThat(bodies.get(i)).contains(inOrder.get(i));
      }
    }
  }

  /** One answer is sent as a whole, the other one as a stream that is over before it is full. */
  @ParameterizedTest
  @ValueSource(strings = {"/openapi.json", "/records"})
  void whoNeverReadsTheAnswersIsEnded(String path) throws Exception {
    try (var service = impatient(Duration.ofMillis(300), Duration.ofSeconds(60));
        var deaf = service.connect()) {
      exchange(service, BUY.repeat(199) + BUY.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      deaf.setReceiveBufferSize(1_000);
      var requests = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path).repeat(100);
      // Until neither side takes anything any more, and the server gives up.
      var hungUp = CompletableFuture.runAsync(() -> writeUntilTheEnd(deaf, requests), VIRTUAL);
      Await.until("the server hangs up", hungUp::isDone);
      Await.until("only who asks is left", () -> service.metric("ticket_sim_connections") == 1);
    }
  }

  private static void writeUntilTheEnd(Socket socket, String text) {
    try {
      while (true) {
        write(socket, text);
      }
    } catch (IOException _) {
      // The end.
    }
  }

  @Test
  void whoReadsRecordsTooSlowlyIsEnded() throws Exception {
    try (var service = impatient(Duration.ofSeconds(2), Duration.ofSeconds(60));
        var slow = new Socket()) {
      // Enough records that they fit no socket's buffer.
      exchange(
          service, BUY.repeat(19_999) + BUY.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      assertThat(service.get("/records").body().lines()).hasSize(20_000);
      slow.setReceiveBufferSize(1_000);
      slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
      write(slow, "GET /records HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(20));
      Await.until("it is being answered", () -> slow.getInputStream().available() > 0);
      Await.until(
          "the server hangs up on all but the one who asks",
          () -> service.metric("ticket_sim_connections") == 1);
    }
  }

  static void assertProblem(String response, int status) {
    assertThat(response)
        .startsWith("HTTP/1.1 " + status + " ")
        .containsIgnoringCase("content-type: application/problem+json")
        .contains("\"status\":" + status);
  }

  @Test
  void whatIsTooLongGetsA4xxAndBuysNothing() throws Exception {
    try (var service = impatient(Duration.ofSeconds(5), Duration.ofSeconds(60))) {
      var head = "POST /buy HTTP/1.1\r\nHost: localhost\r\n";
      assertProblem(
          exchange(service, head + "Content-Length: 1001\r\n\r\n" + "x".repeat(1_001)), 413);
      assertProblem(
          exchange(
              service,
              head
                  + "Transfer-Encoding: chunked\r\n\r\n7d1\r\n"
                  + "x".repeat(2_001)
                  + "\r\n0\r\n\r\n"),
          413);
      assertProblem(
          exchange(service, head + "Content-Length: 1000000\r\nExpect: 100-continue\r\n\r\n"), 413);
      assertProblem(
          exchange(service, head + "Content-Length: 5000000\r\n\r\n" + "x".repeat(5_000_000)), 413);
      assertProblem(exchange(service, "POST /" + "x".repeat(10_000) + " HTTP/1.1\r\n\r\n"), 414);
      assertThat(exchange(service, head + "X: " + "x".repeat(20_000) + "\r\n\r\n"))
          .matches("(?s)HTTP/1.1 4.*application/problem\\+json.*");
      assertThat(service.json("/records").size()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3_000})
  void whoClosesAfterOneAnswerGetsAllOfIt(int purchases) throws Exception {
    try (var service = impatient(Duration.ofSeconds(5), Duration.ofSeconds(60))) {
      exchange(
          service,
          BUY.repeat(purchases - 1) + BUY.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      assertThat(closing(service, "/records").split("\"result\"", -1)).hasSize(purchases + 1);
      assertThat(closing(service, "/verdict")).contains("\"verdict\"");
    }
  }

  /** The body of an answer after which the server closes, which must be whole. */
  private static String closing(RunningService service, String path) throws IOException {
    var answer =
        exchange(
            service, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200 OK").containsIgnoringCase("connection: close");
    var end = answer.indexOf("\r\n\r\n") + 4;
    var length = LENGTH.matcher(answer.substring(0, end));
    if (length.find()) {
      assertThat(answer.length() - end).isEqualTo(Integer.parseInt(length.group(1)));
    } else {
      assertThat(answer).endsWith("\r\n0\r\n\r\n");
    }
    return answer.substring(end);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/buy", "/records", "/nowhere"})
  void anAnswerToHeadHasNoBodyAndTheConnectionGoesOn(String path) throws Exception {
    try (var service = impatient(Duration.ofSeconds(5), Duration.ofSeconds(60))) {
      var answers =
          exchange(
              service,
              "HEAD %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path)
                  + BUY.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      assertThat(answers)
          .startsWith("HTTP/1.1 40")
          .matches("(?s).*?\r\n\r\nHTTP/1\\.1 200 OK\r\n.*\"result\":\"true\"}");
      assertThat(LENGTH.matcher(answers).results().findFirst().orElseThrow().group(1))
          .as("the length that the body would have")
          .isNotEqualTo("0");
    }
  }

  /** As a database is that has to look through many records for the few that are asked for. */
  @Test
  void whoReadsIsNotEndedForTheSlownessOfTheRecords() throws Exception {
    var limits =
        new ClientLimits(
            100, LIMITS.bodyBytes(), Duration.ofMillis(300), Duration.ofSeconds(60), 1_000, 10);
    var slow = new SlowRecords(new MemoryRecords(100_000), 4_000);
    try (var service =
        RunningService.sells(10_000, REDIS, limits, Duration.ofSeconds(2), _ -> slow)) {
      exchange(
          service, BUY.repeat(4_999) + BUY.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      // Who is ended for being slow has had as much time as the reader whose answer has stopped.
      slow.meanwhile(() -> assertThat(exchange(service, "POST /buy HTTP/1.1\r\n")).isEmpty());
      assertThat(service.get("/records").body().lines()).hasSize(5_000);
    }
  }

  @Test
  void aBodyThatFitsIsReadAndOfNoConsequence() throws Exception {
    try (var service = impatient(Duration.ofSeconds(5), Duration.ofSeconds(60))) {
      var head = "POST /buy HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
      assertThat(exchange(service, head + "Content-Length: 1000\r\n\r\n" + "x".repeat(1_000)))
          .startsWith("HTTP/1.1 200 OK");
      assertThat(exchange(service, head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"))
          .startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void anOldClientIsToldThatItsHttpIsTooOld() throws Exception {
    try (var service = impatient(Duration.ofSeconds(5), Duration.ofSeconds(60))) {
      assertProblem(exchange(service, "GET /records HTTP/1.0\r\n\r\n"), 505);
    }
  }
}
