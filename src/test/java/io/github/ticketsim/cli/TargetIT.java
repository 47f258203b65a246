package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Storms on a service in a process of its own. */
@Timeout(180)
class TargetIT {
  private static final Pattern COUNTER = Pattern.compile("\"counter\" ?: ?(-?[0-9]+)");

  @TempDir private Path folder;

  private TicketSimProcess serve(String... options) throws Exception {
    var arguments = new ArrayList<String>();
    arguments.addAll(
        List.of(
            "serve",
            "--cold",
            "--embedded",
            "--port=0",
            "--stock=200",
            "--out=" + folder.resolve("s")));
    arguments.addAll(List.of(options));
    return TicketSimProcess.start(folder, arguments.toArray(String[]::new));
  }

  private CommandRun storm(String url, String... options) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("storm", "--target=" + url, "--threads=1000", "--timeout=20s"));
    arguments.add("--out=" + folder.resolve("runs"));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  @Test
  void provesASoundSale() throws Exception {
    try (var sim = serve()) {
      var url = sim.awaitUrl();
      var run = storm(url + "/buy?token=s3cret", "--stock-url=" + url + "/stock");
      run.assertQuiet(ExitCode.VALID);
      assertThat(run.text())
          .startsWith("VALID: sold 200 of 200 tickets")
          .contains("; 1,000 buyers came")
          .contains("http (model tally) on key " + url + "/buy?token=***")
          .doesNotContain("s3cret");
      var report = CommandRun.of("report", "--out=" + folder.resolve("runs"));
      report.assertQuiet(ExitCode.VALID);
      assertThat(report.out()).isEqualTo(run.out());
    }
  }

  @Test
  void provesTheOversellOfABrokenStrategy() throws Exception {
    try (var sim = serve("--strategy=get-set")) {
      var url = sim.awaitUrl();
      var run = storm(url + "/buy", "--stock-url=" + url + "/stock");
      run.assertQuiet(ExitCode.INVALID);
      assertThat(run.out()).startsWith("INVALID").containsPattern("fail +oversell");
    }
  }

  @Test
  void withoutALookAtWhatIsLeftNothingIsProven() throws Exception {
    try (var sim = serve()) {
      var run = storm(sim.awaitUrl() + "/buy", "--stock=200");
      run.assertQuiet(ExitCode.UNKNOWN);
      assertThat(run.out()).contains("--stock-url");
    }
  }

  @Test
  void stormsAtARate() throws Exception {
    try (var sim = serve()) {
      var url = sim.awaitUrl();
      var run =
          storm(url + "/buy", "--stock-url=" + url + "/stock", "--rate=1000", "--purchases=500");
      run.assertQuiet(ExitCode.VALID);
      assertThat(run.out())
          .startsWith("VALID: sold 200 of 200 tickets")
          .contains("; 500 buyers came");
    }
  }

  @Test
  void sendsTheBody() throws Exception {
    try (var sim = serve("--max-body=10")) {
      var url = sim.awaitUrl();
      var stock = "--stock-url=" + url + "/stock";
      var tooLong = storm(url + "/buy", stock, "--body=longer than that");
      assertThat(tooLong.status()).isEqualTo(ExitCode.UNKNOWN.status());
      assertThat(tooLong.out()).contains("413");
      storm(url + "/buy", stock, "--body=short").assertQuiet(ExitCode.VALID);
    }
  }

  @Test
  void anInterruptedStormIsJudgedAllTheSame() throws Exception {
    try (var sim = serve()) {
      var url = sim.awaitUrl();
      try (var storm =
          TicketSimProcess.start(
              Files.createDirectory(folder.resolve("storm")),
              "storm",
              "--target=" + url + "/buy",
              "--stock-url=" + url + "/stock",
              "--threads=100",
              "--duration=10m",
              "--out=" + folder.resolve("runs"))) {
        Await.until("some buyer was refused", () -> counter(url) < 0);
        storm.signal("INT");
        assertThat(storm.awaitExit()).as(storm.err()).isEqualTo(ExitCode.INTERRUPTED.status());
        assertThat(storm.out()).startsWith("VALID: sold 200 of 200 tickets");
      }
    }
  }

  private static int counter(String url) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(url + "/stock")).build();
      var counter = COUNTER.matcher(client.send(request, BodyHandlers.ofString()).body());
      assertThat(counter.find()).isTrue();
      return Integer.parseInt(counter.group(1));
    }
  }

  @Test
  void saysThatTheStockIsAnotherThanWasSaid() throws Exception {
    try (var sim = serve()) {
      var url = sim.awaitUrl();
      storm(url + "/buy", "--stock=100", "--stock-url=" + url + "/stock")
          .assertRefusedWith(
              ExitCode.UNAVAILABLE, "/stock", "200 tickets", "--stock is 100", "leave --stock out");
      storm(url + "/buy", "--stock-url=" + url + "/stock", "--stock-at=/rest")
          .assertRefusedWith(ExitCode.UNAVAILABLE, "/stock", "/rest", "--stock-at");
      storm(url + "/buy", "--stock-url=" + url + "/no")
          .assertRefusedWith(ExitCode.UNAVAILABLE, "/no", "404", "--stock-url");
    }
  }

  @Test
  void saysThatNobodyListensOrTheHostIsUnknown() {
    storm("http://127.0.0.1:1/buy", "--stock=1")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "http://127.0.0.1:1/buy", "nobody listens");
    storm("http://no-such-host.invalid/buy", "--stock=1")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "no-such-host.invalid", "host name unknown");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--strategy=lua",
        "--redis=redis://localhost",
        "--embedded",
        "--key=k",
        "--fault=reset:1%",
        "--persistence=always",
        "--wait-replicas=1"
      })
  void refusesWhatOnlyARedisHas(String option) {
    storm("http://127.0.0.1:1/buy", "--stock=1", option)
        .assertRefusedWith(ExitCode.USAGE, option.split("=", 2)[0], "--target");
  }

  @ParameterizedTest
  @CsvSource({
    "--method=BREW, --method",
    "--header=x, --header: is no header",
    "--header=Content-Length: 3, --header: Content-Length",
    "--header=idempotency-key: 1, --header: Idempotency-Key would be the same",
    "--sold-if=maybe, --sold-if: 'maybe'",
    "--sold-out-if=status=999, --sold-out-if",
    "--failed-if=x, --failed-if",
    "--value-at=left, --value-at: 'left'",
    "--stock-at=left, --stock-at: 'left'",
    "--stock-url=ftp://x, --stock-url: 'ftp://x' does not begin",
    "--sold-if=status=200 &&, --sold-if: '' is neither a status (200 to 599) such as status=409",
    "--failed-if=/a=1 && /a=2, --failed-if: '/a=1 && /a=2' asks for two values of /a",
  })
  void namesTheOptionAndWhatIsWrong(String option, String words) {
    storm("http://127.0.0.1:1/buy", "--stock=1", option).assertRefusedWith(ExitCode.USAGE, words);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8080/buy, http://localhost:8080/buy",
    "127.0.0.1:8080, http://127.0.0.1:8080",
    "shop_1/buy, http://shop_1/buy",
    "anna:s3cret@shop/buy?token=s3cret, http://***@shop/buy?token=***",
    "ftp://shop/buy, http://localhost:8080/buy",
    "http://shop:port/buy, http://localhost:8080/buy",
    "http:///buy, http://localhost:8080/buy",
    "http://sh op/buy, http://localhost:8080/buy",
  })
  void saysHowToWriteAnUrl(String url, String cure) {
    var run = CommandRun.of("storm", "--target=" + url);
    run.assertRefusedWith(
        ExitCode.USAGE,
        "--target: '" + url.replaceAll("anna:s3cret@", "***@").replace("s3cret", "***") + "' ",
        "; write it like " + cure);
    assertThat(run.err()).doesNotContain("s3cret");
  }

  @Test
  void needsATargetAndAStock() {
    storm("http://127.0.0.1:1/buy").assertRefusedWith(ExitCode.USAGE, "--stock N", "--stock-url");
    CommandRun.of("storm", "--sold-if=status=200")
        .assertRefusedWith(ExitCode.USAGE, "--sold-if", "--target");
    var run = storm("http://anna:s3cret@127.0.0.1:0/buy", "--stock=1");
    run.assertRefusedWith(ExitCode.USAGE, "--target", "port");
    assertThat(run.err()).doesNotContain("s3cret");
  }
}
