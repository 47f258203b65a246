package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a storm says of a shop that is sound, and of which the options say too little. */
@Timeout(120)
class TargetAdviceIT {
  private static final int STOCK = 10;

  @TempDir private Path folder;
  private final AtomicInteger purchases = new AtomicInteger();
  private HttpServer shop;

  @BeforeEach
  void open() throws IOException {
    shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    shop.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    shop.createContext("/left", exchange -> reply(exchange, 200, "{\"left\":9}"));
    shop.createContext("/none", exchange -> reply(exchange, 200, "{\"left\":0}"));
    shop.createContext("/refuse", exchange -> reply(exchange, 409, "{}"));
    shop.createContext(
        "/one-each",
        exchange ->
            reply(
                exchange,
                purchases.incrementAndGet() == 1 ? 201 : 409,
                "{\"error\":\"already-bought\"}"));
    shop.createContext(
        "/later",
        exchange ->
            reply(
                exchange, purchases.incrementAndGet() % 10 == 0 ? 429 : 202, "{\"queued\":true}"));
    shop.start();
  }

  @AfterEach
  void close() {
    shop.stop(0);
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.US_ASCII);
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private CommandRun storm(String path, String... options) {
    var url = "http://127.0.0.1:" + shop.getAddress().getPort();
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("storm", "--target=" + url + path, "--threads=100", "--timeout=20s"));
    arguments.add("--out=" + folder);
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  /** Without the line breaks that the width of a report asks for. */
  private static String unwrapped(CommandRun run) {
    return run.out().replaceAll("\\s+", " ");
  }

  private void assertReportSaysTheSame(CommandRun storm) throws IOException {
    assertThat(CommandRun.of("report", "--out=" + folder).out()).isEqualTo(storm.out());
    assertThat(Files.readString(folder.resolve("latest/history.ndjson")).lines().findFirst())
        .hasValueSatisfying(line -> assertThat(line).contains("\"same_request\":true"));
  }

  @Test
  void aLimitPerCustomerIsNamedBesideTheVerdict() throws Exception {
    var run =
        storm("/one-each", "--stock=" + STOCK, "--sold-if=status=201", "--sold-out-if=status=409");
    assertThat(run.status()).isEqualTo(ExitCode.INVALID.status());
    assertThat(unwrapped(run)).contains("likely cause: every buyer is the same customer");
    assertReportSaysTheSame(run);
    var json = CommandRun.of("report", "--format=json", "--out=" + folder);
    assertThat(json.out())
        .contains("\"every buyer is the same customer", "\"same_request\" : true");
  }

  @Test
  void repliesWithoutARuleAreNamedWithTheRuleTheyNeed() throws Exception {
    var run = storm("/later", "--stock=" + STOCK);
    assertThat(run.status()).isEqualTo(ExitCode.UNKNOWN.status());
    assertThat(unwrapped(run))
        .contains(
            "because more than half of the replies (90 of 100) match no rule: 90 times 202"
                + " {\"queued\":true} (--sold-if status=202 would match)")
        .contains("refused with 429, too many requests: nothing was executed")
        .doesNotContain("raise --timeout");
    assertReportSaysTheSame(run);
  }

  @Test
  void aShopWithoutStockIsToBeFilled() throws Exception {
    var page = "http://127.0.0.1:" + shop.getAddress().getPort() + "/none";
    var run = storm("/refuse", "--stock-url=" + page, "--sold-out-if=status=409");
    assertThat(run.status()).isEqualTo(ExitCode.UNKNOWN.status());
    assertThat(unwrapped(run))
        .contains("there was nothing to sell; put tickets on sale in the shop")
        .doesNotContain("preload");
    assertReportSaysTheSame(run);
  }

  @Test
  void aReplyOfTwoOutcomesIsQuoted() throws Exception {
    var run =
        storm("/later", "--stock=" + STOCK, "--sold-if=status=202", "--sold-out-if=/queued=true");
    assertThat(run.status()).isEqualTo(ExitCode.UNKNOWN.status());
    assertThat(unwrapped(run))
        .contains(
            "90 of 100 replies match two outcomes",
            "reply 202 matches --sold-if and --sold-out-if: {\"queued\":true}");
    assertReportSaysTheSame(run);
  }
}
