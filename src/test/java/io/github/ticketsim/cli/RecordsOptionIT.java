package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.sql.PostgresServer;
import io.github.ticketsim.ledger.sql.RecordsUrl;
import io.github.ticketsim.ledger.sql.SqlRuns;
import io.github.ticketsim.stock.redis.RedisServer;
import io.github.ticketsim.verify.Verifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The option {@code --records}: which databases it takes, and what reads them. */
@Timeout(240)
class RecordsOptionIT {
  private static final Pattern RUN = Pattern.compile("\"run\" : \\{\\s+\"id\" : \"([^\"]+)\"");
  private static final String KEY = "ticket:stock";

  @TempDir private Path folder;

  @Test
  void stormsAreKeptBesideTheirFoldersAndJudgedFromTheDatabase() throws Exception {
    var url = "jdbc:sqlite:" + folder.resolve("storms.db");
    var storm =
        CommandRun.of(
            "storm",
            "--embedded",
            "--stock=50",
            "--threads=200",
            "--records=" + url,
            "--gzip",
            "--strategy=decr,get-set",
            "--out=" + folder.resolve("runs"));
    assertThat(storm.err()).isEmpty();
    for (var latest : List.of(folder.resolve("runs/latest").toString(), url)) {
      var report = CommandRun.of("report", latest, "--format=json");
      assertThat(report.out()).contains("\"strategy\" : \"get-set\"", "\"buyers\" : 200");
      var id = RUN.matcher(report.out());
      assertThat(id.find()).isTrue();
      assertThat(CommandRun.of("report", url + "?run=" + id.group(1)).status())
          .isEqualTo(report.status());
    }
  }

  /** A shop that ignores its limit once: without customers and orders its sale would be sound. */
  @Test
  void aSaleIsJudgedFromADatabaseAsFromItsFolder() throws Exception {
    try (var postgres = PostgresServer.start(folder.resolve("postgres"))) {
      for (var url : List.of("jdbc:sqlite:" + folder.resolve("sales.db"), postgres.url())) {
        try (var shop = new AnyShop(ShopShape.USER_IN_BODY, AnyShop.Defect.LIMIT_RACE)) {
          CommandRun.of(
                  "storm",
                  "--sale=" + ShopShape.USER_IN_BODY.file(),
                  "--target=" + shop.url(),
                  "--pool=200",
                  "--records=" + url,
                  "--out=" + folder.resolve("runs"))
              .assertQuiet(ExitCode.INVALID);
        }
        assertThat(Verifier.verify(SqlRuns.history(RecordsUrl.parse(url)).orElseThrow()))
            .isEqualTo(Verifier.verify(Storms.latest(folder.resolve("runs"))));
        CommandRun.of("report", url).assertQuiet(ExitCode.INVALID);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:mysql://h/d?password=secret,jdbc:sqlite:FILE",
    "jdbc:sqlite:,names no file",
    "jdbc:sqlite::memory:,names no file",
    "jdbc:sqlite:t.db?cache=shared,no parameter",
    "jdbc:postgresql://h:x/d?password=secret,jdbc:postgresql://HOST",
    "jdbc:postgresql:///x/y?password=secret,jdbc:postgresql://HOST",
    "tickets.db,jdbc:sqlite:FILE"
  })
  void refusesWhatIsNoAddress(String records, String words) {
    for (var command : List.of("serve", "storm")) {
      var run = CommandRun.of(command, "--embedded", "--stock=1", "--records=" + records);
      run.assertRefusedWith(ExitCode.USAGE, "--records", words);
      assertThat(run.err()).doesNotContain("secret");
    }
  }

  @Test
  void saysThatADatabaseCannotBeUsedBeforeTheStockIsTouched() throws Exception {
    var text = Files.writeString(folder.resolve("text.db"), "This is no database. ".repeat(100));
    try (var redis = RedisServer.own();
        var postgres = PostgresServer.start(folder.resolve("postgres"))) {
      redis.call("SET", KEY, "7");
      for (var records :
          List.of(
              "jdbc:sqlite:" + text,
              "jdbc:sqlite:" + text.resolve("records.db"),
              "jdbc:postgresql://127.0.0.1:1/tickets?user=joe&password=secret",
              postgres.url().replace("/postgres?", "/tickets?"),
              postgres.url().replace("user=postgres", "user=joe&password=secret"))) {
        for (var command : List.of("serve", "storm")) {
          var run =
              CommandRun.of(
                  command,
                  "--redis=" + redis.uri(),
                  "--stock=1",
                  "--records=" + records,
                  "--out=" + folder.resolve("runs"));
          run.assertRefusedWith(
              ExitCode.UNAVAILABLE, "--records " + records.replaceFirst("\\?.*", ""), "; ");
          assertThat(run.err()).doesNotContain("secret");
        }
      }
      assertThat(redis.counter(KEY)).isEqualTo(7);
    }
  }

  @Test
  void reportMakesNoDatabase() {
    var file = folder.resolve("none.db");
    CommandRun.of("report", "jdbc:sqlite:" + file)
        .assertRefusedWith(ExitCode.USAGE, "RUN: ", "none.db does not exist");
    assertThat(file).doesNotExist();
  }
}
