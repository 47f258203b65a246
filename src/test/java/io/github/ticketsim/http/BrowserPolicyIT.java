package io.github.ticketsim.http;

import static io.github.ticketsim.http.BrokenClientsIT.assertProblem;
import static io.github.ticketsim.http.BrokenClientsIT.exchange;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ticketsim.stock.redis.RedisServer;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Web pages, who send what a browser lets them send. */
@Timeout(60)
class BrowserPolicyIT {
  private static final String CORS = "access-control-allow-origin";

  @AutoClose private static final RedisServer REDIS = RedisServer.own();
  private static RunningService closed;
  private static RunningService open;

  @BeforeAll
  static void start() throws Exception {
    closed = RunningService.sells(1_000, REDIS, BrowserPolicy.OWN);
    open =
        RunningService.sells(
            1_000,
            REDIS,
            new BrowserPolicy(Set.of("shop.example"), Set.of("https://pages.example")));
  }

  @AfterAll
  static void stop() {
    closed.close();
    open.close();
  }

  private static String ask(RunningService service, String line, String... headers)
      throws Exception {
    return exchange(
        service,
        line + " HTTP/1.1\r\nConnection: close\r\n" + String.join("\r\n", headers) + "\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "http://evil.example",
        "http://localhost",
        "http://localhost:3000",
        "https://localhost:8080",
        "http://localhost.evil.example:8080",
        "http://localhost:8080, http://evil.example",
        "x"
      })
  void aForeignPageBuysNothingAndReadsNothing(String origin) throws Exception {
    var before = closed.json("/records").size();
    for (var method : new String[] {"POST", "PUT", "OPTIONS"}) {
      var answer = ask(closed, method + " /buy", "Host: localhost:8080", "Origin: " + origin);
      assertProblem(answer, 403);
      assertThat(answer).contains("\"reason\":\"origin\"").doesNotContainIgnoringCase(CORS);
    }
    assertThat(ask(closed, "GET /stock", "Host: localhost:8080", "Origin: " + origin))
        .startsWith("HTTP/1.1 200 OK")
        .doesNotContainIgnoringCase(CORS);
    assertThat(closed.json("/records").size()).isEqualTo(before);
  }

  @Test
  void oneForeignOriginBesideItsOwnIsForeign() throws Exception {
    assertProblem(
        ask(
            closed,
            "POST /buy",
            "Host: localhost",
            "Origin: http://localhost",
            "Origin: http://evil.example"),
        403);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8080,http://localhost:8080",
    "127.0.0.1,http://127.0.0.1",
    "[::1]:80,http://[::1]:80"
  })
  void aPageOfItsOwnMayBuy(String host, String origin) throws Exception {
    assertThat(ask(closed, "POST /buy", "Host: " + host, "Origin: " + origin))
        .startsWith("HTTP/1.1 200 OK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.1x",
        "shop.example"
      })
  void aNameThatIsNotItsOwnIsNotServed(String host) throws Exception {
    var before = closed.json("/records").size();
    for (var line : new String[] {"POST /buy", "GET /records", "OPTIONS /buy"}) {
      var answer = ask(closed, line, "Host: " + host, "Origin: http://" + host);
      assertProblem(answer, 421);
      assertThat(answer).contains("\"reason\":\"host\"", "--allow-host");
    }
    assertThat(closed.json("/records").size()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost:1",
        "127.0.0.1",
        "192.168.1.7:8080",
        "[::1]",
        "[fe80::1]:8080"
      })
  void addressesAndLocalhostAreServed(String host) throws Exception {
    assertThat(ask(closed, "POST /buy", "Host: " + host)).startsWith("HTTP/1.1 200 OK");
  }

  @Test
  void anAllowedHostIsServed() throws Exception {
    assertThat(ask(open, "POST /buy", "Host: Shop.Example:8080")).startsWith("HTTP/1.1 200 OK");
    assertProblem(ask(open, "POST /buy", "Host: other.example"), 421);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /buy", "GET /records", "GET /nowhere"})
  void anAllowedPageMayBuyAndRead(String line) throws Exception {
    assertThat(ask(open, line, "Host: localhost", "Origin: https://pages.example"))
        .containsIgnoringCase(CORS + ": https://pages.example\r\n")
        .containsIgnoringCase("vary: origin\r\n")
        .containsIgnoringCase("access-control-expose-headers: retry-after\r\n");
    assertThat(ask(open, line, "Host: localhost", "Origin: https://other.example"))
        .containsIgnoringCase("vary: origin\r\n")
        .doesNotContainIgnoringCase(CORS);
  }

  @Test
  void aBrowserThatAsksBeforehandIsToldWhatAnAllowedPageMayDo() throws Exception {
    var asks = "Access-Control-Request-Method: POST";
    assertThat(ask(open, "OPTIONS /buy", "Host: localhost", "Origin: https://pages.example", asks))
        .startsWith("HTTP/1.1 204 ")
        .containsIgnoringCase(CORS + ": https://pages.example\r\n")
        .containsIgnoringCase("access-control-allow-methods: post\r\n")
        .containsIgnoringCase("access-control-allow-headers: content-type, idempotency-key\r\n")
        .endsWith("\r\n\r\n");
    assertProblem(
        ask(open, "OPTIONS /buy", "Host: localhost", "Origin: https://other.example", asks), 403);
    assertProblem(ask(open, "OPTIONS /buy", "Host: localhost", asks), 405);
  }

  @ParameterizedTest
  @CsvSource({
    "https://Shop.Example,https://shop.example",
    "http://shop.example:80,http://shop.example",
    "https://shop.example:443,https://shop.example",
    "http://shop.example:443,http://shop.example:443",
    "http://[::1]:3000,http://[::1]:3000"
  })
  void originsAreComparedAsBrowsersSendThem(String given, String sent) {
    assertThat(BrowserPolicy.origin(given)).isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "null", "shop.example", "https://a/", "https://a?b", "https://"})
  void whatIsNoOriginIsNone(String text) {
    assertThatThrownBy(() -> BrowserPolicy.origin(text)).hasMessageStartingWith("'" + text + "',");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "a b", "shop:8080", "http://shop", ".shop", "-"})
  void whatIsNoHostNameIsNone(String text) {
    assertThatThrownBy(() -> BrowserPolicy.host(text)).hasMessageStartingWith("'" + text + "',");
  }
}
