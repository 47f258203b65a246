package io.github.ticketsim.stock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.sale.ReplyRule;
import io.github.ticketsim.sale.ReplyRules;
import io.github.ticketsim.sale.Values;
import io.github.ticketsim.stock.Outcome;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of an attempt when the server or the network misbehaves. */
@Timeout(60)
class HttpStockTest {
  private static final Duration PATIENT = Duration.ofSeconds(20);

  /** For what never answers. */
  private static final Duration IMPATIENT = Duration.ofMillis(300);

  private static final ReplyRules USUAL = rules(Optional.empty(), "/result=true", "/result=false");

  static HttpStock open(RawServer server, Optional<String> valueAt) {
    return open(server, rules(valueAt, "/result=true", "/result=false"));
  }

  static ReplyRules rules(
      Optional<String> valueAt, String soldIf, String soldOutIf, String... failedIf) {
    return new ReplyRules(
        Map.of(
            ReplyRules.Meaning.SOLD,
            List.of(ReplyRule.parse(soldIf)),
            ReplyRules.Meaning.SOLD_OUT,
            List.of(ReplyRule.parse(soldOutIf)),
            ReplyRules.Meaning.FAILED,
            Stream.of(failedIf).map(ReplyRule::parse).toList()),
        valueAt);
  }

  static HttpStock open(RawServer server, ReplyRules rules) {
    return open(server, rules, PATIENT);
  }

  private static HttpStock open(RawServer server, ReplyRules rules, Duration timeout) {
    return HttpStock.open(
        new HttpSale(
            List.of(),
            new HttpTarget(
                HttpAddress.parse(server.url()), HttpTarget.Method.POST, List.of(), /* body= */ ""),
            rules,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Values.NONE),
        1,
        timeout,
        System::nanoTime);
  }

  static Outcome buy(HttpStock stock) {
    try (var lease = stock.acquire(() -> true).orElseThrow()) {
      return lease.buy();
    }
  }

  private static void reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
  }

  static Stream<Arguments> misdeeds() {
    return Stream.of(
        misdeed("reset", HttpStockTest::reset),
        misdeed("closed", Socket::close),
        misdeed("silent", _ -> {}),
        misdeed("no HTTP", client -> RawServer.send(client, "SOLD\r\n\r\n\r\n")),
        misdeed(
            "half a reply",
            client -> {
              RawServer.send(client, "HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"result\"");
              client.close();
            }),
        misdeed(
            "half a reply, and silence",
            client ->
                RawServer.send(client, "HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"res")),
        misdeed(
            "no JSON",
            client -> RawServer.reply(client, "200 OK", "application/json", "{\"result\":\"tr")),
        misdeed(
            "two values",
            client ->
                RawServer.reply(
                    client,
                    "200 OK",
                    "application/json",
                    "{\"result\":\"true\",\"result\":\"false\"}")),
        misdeed(
            "500 with a result",
            client ->
                RawServer.reply(client, "500 Oh", "application/json", "{\"result\":\"true\"}")),
        misdeed("plain 503", client -> RawServer.reply(client, "503 No", "text/html", "no")),
        misdeed("404", client -> RawServer.reply(client, "404 No", "text/html", "no")));
  }

  /** Does something to a client. */
  interface Misdeed {
    void to(Socket client) throws IOException;
  }

  private static Arguments misdeed(String name, Misdeed misdeed) {
    return Arguments.of(name, misdeed);
  }

  /** First on a new connection, then on one that has been used. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("misdeeds")
  void aPurchaseWithoutAClearReplyIsIndeterminateAndNeverSentAgain(String name, Misdeed misdeed)
      throws Exception {
    try (var server =
            new RawServer(
                (number, client) -> {
                  if (number % 2 == 1) {
                    misdeed.to(client);
                  } else {
                    RawServer.sold(client);
                  }
                });
        var stock = open(server, USUAL, name.contains("silen") ? IMPATIENT : PATIENT)) {
      for (var round = 0; round < 2; round++) {
        assertThat(buy(stock)).isInstanceOf(Outcome.Indeterminate.class);
        assertThat(server.requests()).isEqualTo(2 * round + 1);
        assertThat(buy(stock)).isEqualTo(new Outcome.Sold(OptionalLong.empty()));
        assertThat(server.requests()).isEqualTo(2 * round + 2);
      }
      var settlement = stock.settle();
      assertThat(settlement.settled()).isFalse();
      assertThat(settlement.problem()).hasValueSatisfying(words -> assertThat(words).contains("2"));
    }
  }

  @Test
  void whatCouldNotConnectHasFailed() throws Exception {
    try (var server =
        new RawServer(
            (_, client) -> {
              RawServer.sold(client);
              client.close();
            })) {
      try (var stock = open(server, Optional.empty())) {
        assertThat(buy(stock)).isInstanceOf(Outcome.Sold.class);
        server.stopListening();
        Await.until("nobody listens", () -> buy(stock) instanceof Outcome.Failed);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "503 No | application/problem+json | {\"reason\":\"closing\"} | FAILED",
        "503 No | application/problem+json | {\"title\":\"No\"} | INDETERMINATE",
        "503 No | application/json | {\"reason\":\"closing\"} | INDETERMINATE",
        "200 OK | application/json | {\"result\":true,\"left\":7} | SOLD",
        "409 No | application/json | {\"result\":\"false\",\"left\":-1} | SOLD_OUT",
        "200 OK | application/json | {\"result\":\"true\"} | INDETERMINATE",
        "200 OK | application/json | {\"result\":false,\"left\":1}{\"result\":true} |"
            + " INDETERMINATE",
        "429 No | application/json | {\"result\":\"false\",\"left\":1} | FAILED",
      })
  void readsReplies(String status, String type, String body, Outcome.Kind kind) throws Exception {
    try (var server = new RawServer((_, client) -> RawServer.reply(client, status, type, body));
        var stock = open(server, Optional.of("/left"))) {
      assertThat(buy(stock).kind()).isEqualTo(kind);
    }
  }
}
