package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.redis.RedisServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command, from its options to its exit code. */
@Timeout(180)
class ServeIT {
  private static final String ONE_IN_FLIGHT = "ticket_sim_purchases_in_flight 1\n";

  @TempDir private Path folder;

  private TicketSimProcess serve(String... options) throws Exception {
    return warm(Stream.concat(Stream.of("--cold"), Stream.of(options)).toArray(String[]::new));
  }

  /** As users start it. */
  private TicketSimProcess warm(String... options) throws Exception {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("serve", "--embedded", "--port=0", "--out=" + folder.resolve("runs")));
    arguments.addAll(List.of(options));
    return TicketSimProcess.start(folder, arguments.toArray(String[]::new));
  }

  private static void buy(String url, int times) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      for (var i = 0; i < times; i++) {
        var request =
            HttpRequest.newBuilder(URI.create(url + "/buy")).POST(BodyPublishers.noBody()).build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void endsWithItsVerdictAndSavesTheRun(String signal) throws Exception {
    try (var sim = warm("--stock=10")) {
      var url = sim.awaitUrl();
      assertThat(sim.err()).contains("stock preloaded: 10");
      buy(url, 30);
      sim.signal(signal);
      assertThat(sim.awaitExit()).as(sim.err()).isEqualTo(ExitCode.VALID.status());
      assertThat(sim.out()).startsWith("VALID: sold 10 of 10 tickets").contains("; 30 buyers came");
      assertThat(sim.err()).contains("sold 10, sold out 20, failed 0").doesNotContain("purchase ");
      var report = CommandRun.of("report", "--out=" + folder.resolve("runs"));
      report.assertQuiet(ExitCode.VALID);
      assertThat(report.out()).isEqualTo(sim.out());
    }
  }

  @Test
  void aSaleThatProvesNothingIsUnknown() throws Exception {
    try (var sim = serve("--stock=10", "--verbose")) {
      buy(sim.awaitUrl(), 3);
      sim.signal("INT");
      assertThat(sim.awaitExit()).isEqualTo(ExitCode.UNKNOWN.status());
      assertThat(sim.err().lines().filter(line -> line.contains("DEBUG"))).hasSize(3);
    }
  }

  @Test
  void letsNoPageBuyButThoseItIsToldTo() throws Exception {
    try (var sim =
            serve("--stock=10", "--allow-origin=https://a.example", "--allow-origin=http://b:80");
        var client = HttpClient.newHttpClient()) {
      var url = URI.create(sim.awaitUrl() + "/buy");
      for (var allowed : List.of("https://a.example", "http://b")) {
        var answer = client.send(buyFrom(url, allowed), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(allowed);
      }
      for (var foreign : List.of("null", "http://a.example")) {
        var answer = client.send(buyFrom(url, foreign), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
      }
    }
  }

  private static HttpRequest buyFrom(URI url, String origin) {
    return HttpRequest.newBuilder(url)
        .header("Origin", origin)
        .POST(BodyPublishers.noBody())
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "--allow-origin=*, without a path",
    "--allow-origin=null, without a path",
    "--allow-origin=https://a.example/, without a path",
    "--allow-host=*, without a port",
    "--allow-host=shop:8080, without a port"
  })
  void namesOfPagesAndHostsAreWhole(String option, String rule) {
    CommandRun.of("serve", "--embedded", "--stock=1", option)
        .assertRefusedWith(ExitCode.USAGE, option.substring(0, option.indexOf('=')), rule);
  }

  @Test
  void theSecondInterruptEndsTheProcessAtOnce() throws Exception {
    try (var sim = serve("--stock=10", "--timeout=24h")) {
      var url = sim.awaitUrl();
      sim.signalRedis("STOP");
      Thread.ofVirtual().start(() -> tryToBuy(url));
      Await.until("it waits for Redis", () -> metrics(url).contains(ONE_IN_FLIGHT));
      sim.signal("INT");
      Await.until("the first is acknowledged", () -> sim.err().contains("a second Ctrl-C"));
      sim.signal("INT");
      assertThat(sim.awaitExit()).isEqualTo(ExitCode.INTERRUPTED.status());
    }
  }

  private static String metrics(String url) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(url + "/metrics")).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  /** As when too many files are open; then it can be reached no more. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void endsWhenNobodyCanConnectAnyMore() throws Exception {
    assumeThat(TicketSimProcess.canLimitOpenFiles()).as("prlimit is there").isTrue();
    try (var sim = serve("--stock=10")) {
      var url = URI.create(sim.awaitUrl());
      buy(url.toString(), 30);
      sim.limitOpenFiles("10:");
      Await.until("nobody listens", () -> !RedisServer.listens(url.getPort()));
      sim.limitOpenFiles("1000:");
      assertThat(sim.awaitExit()).as(sim.err()).isEqualTo(ExitCode.UNAVAILABLE.status());
      assertThat(sim.err()).contains(url + ": nobody can connect any more");
      assertThat(sim.out()).startsWith("VALID: sold 10 of 10 tickets").contains("; 30 buyers came");
    }
  }

  private static void tryToBuy(String url) {
    try {
      buy(url, 1);
    } catch (Exception | AssertionError _) {
      // It is cut off.
    }
  }

  @Test
  void saysThatThePortIsTakenBeforeTheStockIsTouched() throws Exception {
    try (var redis = RedisServer.own();
        var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      redis.call("SET", "ticket:stock", "7");
      var port = Integer.toString(taken.getLocalPort());
      CommandRun.of(
              "serve", "--redis", redis.uri(), "--stock=100", "--port", port, "--out=" + folder)
          .assertRefusedWith(ExitCode.UNAVAILABLE, "127.0.0.1:" + port, "in use", "--port");
      assertThat(redis.counter("ticket:stock")).isEqualTo(7);
    }
  }

  @Test
  void saysThatTheHostIsUnknownOrNoneOfThisMachine() {
    CommandRun.of("serve", "--embedded", "--stock=1", "--host=no-such-host.invalid")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "no-such-host.invalid", "--host");
    CommandRun.of("serve", "--embedded", "--stock=1", "--host=192.0.2.1", "--port=0")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "192.0.2.1", "--host");
  }

  @Test
  void aServiceWhoseAttemptsAllFailedIsUnavailableLikeAStorm() throws Exception {
    try (var redis = RedisServer.own();
        var sim =
            TicketSimProcess.start(
                folder,
                "serve",
                "--port=0",
                "--stock=10",
                "--redis=" + redis.uri(),
                "--out=" + folder.resolve("runs"))) {
      var url = sim.awaitUrl();
      redis.call("SET", "ticket:stock", "none");
      tryToBuy(url);
      sim.signal("INT");
      assertThat(sim.awaitExit()).as(sim.err()).isEqualTo(ExitCode.UNAVAILABLE.status());
      assertThat(sim.err()).contains("strategy decr: an attempt failed");
      assertThat(sim.out()).startsWith("UNKNOWN").doesNotContain("the storm lasted");
    }
  }

  @Test
  void needsARedisWithAStock() throws Exception {
    String uri;
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      uri = "redis://127.0.0.1:" + listener.getLocalPort();
    }
    CommandRun.of("serve", "--port=0", "--redis", uri)
        .assertRefusedWith(ExitCode.UNAVAILABLE, uri, "nobody listens");
    CommandRun.of("serve", "--port=0", "--embedded", "--out=" + folder)
        .assertRefusedWith(ExitCode.UNAVAILABLE, "'ticket:stock'", "--stock N");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "--port=65536,--port",
    "--pool=0,--pool",
    "--in-flight=0,--in-flight",
    "--connections=0,--connections",
    "--connections=1M,ulimit",
    "--request-timeout=0s,--request-timeout",
    "--strategy=all,--strategy"
  })
  void refusesWhatIsOutOfItsBounds(String option, String word) {
    CommandRun.of("serve", option).assertRefusedWith(ExitCode.USAGE, word);
  }
}
