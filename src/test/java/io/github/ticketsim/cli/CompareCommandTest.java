package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on several saved runs: {@code compare} and {@code runs}. */
class CompareCommandTest {
  private static final Path HISTORIES = Path.of("src/test/resources/reports");
  private static final String VALID = HISTORIES.resolve("valid.ndjson").toString();

  @TempDir private Path folder;

  private String fast() throws IOException {
    return history("fast.ndjson", 200);
  }

  private String slow() throws IOException {
    return history("slow.ndjson", 400);
  }

  private String history(String name, int nanos) throws IOException {
    return Files.writeString(
            folder.resolve(name),
            """
            {"type":"run","format":1,"run":"0192e3a0-0000-7000-8000-000000000000","started":"2026-11-22T08:20:31.123Z","strategy":"decr","model":"counter","key":"ticket:stock","stock":1,"buyers":2}
            {"type":"buy","id":"0192e3a0-0000-7000-8000-000000000001","timestamp":1703123456789,"buyer":0,"call":100,"return":%d,"outcome":"sold","value":0}
            {"type":"buy","id":"0192e3a0-0000-7000-8000-000000000002","timestamp":1703123456789,"buyer":1,"call":200,"return":%d,"outcome":"sold_out","value":-1}
            {"type":"end","left":-1,"settled":true}
            """
                .formatted(100 + nanos, 200 + nanos))
        .toString();
  }

  private static CommandRun compare(String... arguments) {
    var all = new String[arguments.length + 1];
    all[0] = "compare";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return CommandRun.of(all);
  }

  @Test
  void setsFiguresBesideThoseOfTheFirst() throws IOException {
    var run = compare(fast(), slow());
    run.assertQuiet(ExitCode.VALID);
    assertThat(run.out())
        .contains("A  VALID decr: sold", "B  VALID decr: sold", "slow.ndjson")
        .contains(
            "p99         A        200 ns         -\n",
            "            B        400 ns         -  200.0 %\n",
            "throughput  A   6,666,667/s +-150.8 %\n")
        .contains("noise: within a run");
    assertThat(run.outLines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void aRegressionExitsWithTheThresholdAndSaysByHowMuch() throws IOException {
    var run = compare(fast(), slow(), "--fail-if=p99>110%", "--fail-if=failed>1%");
    assertThat(run.status()).isEqualTo(ExitCode.THRESHOLD.status());
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .contains("decr missed the limit p99>110%", "too much");
    assertThat(run.out()).contains("B missed p99>110%", "B holds failed>1%");
    compare(slow(), fast(), "--fail-if=p99>110%").assertQuiet(ExitCode.VALID);
    assertThat(compare(fast(), slow(), "--fail-if=p99>300ns").status())
        .isEqualTo(ExitCode.THRESHOLD.status());
  }

  @Test
  void theWorstVerdictWinsOverAMissedLimit() throws IOException {
    for (var name : List.of("unknown", "invalid")) {
      var other = HISTORIES.resolve(name + ".ndjson").toString();
      assertThat(compare(fast(), slow(), other, "--fail-if=p99>110%").status())
          .isEqualTo((name.equals("invalid") ? ExitCode.INVALID : ExitCode.UNKNOWN).status());
    }
  }

  @Test
  void refusesOneRunAndALimitWithoutAMeaning() {
    compare(VALID).assertRefusedWith(ExitCode.USAGE, "RUN");
    compare(VALID, "nowhere").assertRefusedWith(ExitCode.USAGE, "'nowhere' does not exist");
    compare(VALID, VALID, "--fail-if=p99>110")
        .assertRefusedWith(ExitCode.USAGE, "p99 is limited by a time such as 50ms");
  }

  @Test
  void listsSavedRunsWithTheNewestFirst() throws IOException {
    for (var name : List.of("2026-11-22T08-20-31.123Z-decr", "2026-11-23T08-20-31.123Z-lua")) {
      var run = Files.createDirectory(folder.resolve(name));
      Files.copy(Path.of(VALID), run.resolve("history.ndjson"));
    }
    Files.copy(
        HISTORIES.resolve("valid.json"),
        folder.resolve("2026-11-22T08-20-31.123Z-decr").resolve("run.json"));
    Files.createDirectory(folder.resolve("other"));
    var list = CommandRun.of("runs", "--out", folder.toString());
    list.assertQuiet(ExitCode.VALID);
    assertThat(list.outLines()).hasSize(3);
    assertThat(list.outLines().get(1)).startsWith("2026-11-23").contains("not judged yet");
    assertThat(list.outLines().get(2)).contains("2026-11-22", "VALID", " of ");
  }

  @Test
  void saysWhereThereIsNoRun() {
    for (var place : List.of(folder, folder.resolve("nowhere"))) {
      CommandRun.of("runs", "--out", place.toString())
          .assertRefusedWith(ExitCode.USAGE, "there is no run in", "ticket-sim storm");
    }
  }

  @Test
  void aReportWithoutARunSaysWhichItTook() throws IOException {
    var run = Files.createDirectory(folder.resolve("one"));
    Files.copy(Path.of(VALID), run.resolve("history.ndjson"));
    Files.createSymbolicLink(folder.resolve("latest"), Path.of("one"));
    var report = CommandRun.of("report", "--out", folder.toString());
    report.assertQuiet(ExitCode.VALID);
    assertThat(report.out()).containsPattern("saved +" + run);
  }
}
