package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code report} command on files; what it judges is the verifier's matter. */
class ReportCommandTest {
  private static final String HISTORY =
      """
      {"type":"run","format":1,"run":"0192e3a0-0000-7000-8000-000000000000","started":"2026-11-22T08:20:31.123Z","strategy":"decr","model":"counter","key":"ticket:stock","stock":1,"buyers":2}
      {"type":"buy","id":"0192e3a0-0000-7000-8000-000000000001","timestamp":1703123456789,"buyer":0,"call":100,"return":300,"outcome":"sold","value":0}
      {"type":"buy","id":"0192e3a0-0000-7000-8000-000000000002","timestamp":1703123456789,"buyer":1,"call":200,"return":400,"outcome":"sold_out","value":-1}
      {"type":"end","left":-1,"settled":true}
      """;

  @TempDir private Path folder;

  private CommandRun report(Path run) {
    return CommandRun.of("report", run.toString());
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private Path file(String name, String content) throws IOException {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] zipped(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void judgesAFolderAPlainFileAndAZippedOneAlike() throws IOException {
    var plain = file("history.ndjson", HISTORY);
    var zip = file("history.ndjson.gz", zipped(HISTORY));
    for (var run : new Path[] {folder, plain, zip}) {
      var report = report(run);
      report.assertQuiet(ExitCode.VALID);
      assertThat(report.out()).startsWith("VALID: sold 1 of 1 ticket, none twice; 2 buyers came");
      assertThat(report.out()).contains("saved       " + run);
    }
  }

  @Test
  void findsTheCompressedHistoryOfAFolderWhereThereIsNoPlainOne() throws IOException {
    file("history.ndjson.gz", zipped(HISTORY));
    report(folder).assertQuiet(ExitCode.VALID);
    file("history.ndjson", "");
    report(folder).assertRefusedWith(ExitCode.USAGE, "history.ndjson:1:");
  }

  @Test
  void exitsWithTheVerdict() throws IOException {
    report(file("oversold", HISTORY.replace("\"sold_out\",\"value\":-1", "\"sold\",\"value\":0")))
        .assertQuiet(ExitCode.INVALID);
    report(file("cut", HISTORY.replaceAll(".*\"end\".*\\n", ""))).assertQuiet(ExitCode.UNKNOWN);
  }

  private static final String OVERSOLD =
      HISTORY.replace("\"sold_out\",\"value\":-1", "\"sold\",\"value\":0");

  private CommandRun report(Path run, Path witness) {
    return CommandRun.of("report", run.toString(), "--witness", witness.toString());
  }

  @Test
  void writesAWitnessThatIsInvalidByItself() throws IOException {
    var extra =
        OVERSOLD
            .replace("\"stock\":1,", "\"stock\":2,")
            .replace("\"value\":0", "\"value\":1")
            .replaceFirst(
                "(?m)^(.*)0001\"(.*)\"call\":100(.*)\"value\":1",
                "$0}\n$10003\"$2\"call\":101$3\"value\":0");
    var witness = Files.writeString(folder.resolve("witness.ndjson"), "an older one");

    var whole = report(file("oversold", extra), witness);
    whole.assertQuiet(ExitCode.INVALID);
    assertThat(whole.out()).contains("duplicate ticket  ticket 1 (value 1)", "of 3 attempts");

    var part = report(witness);
    part.assertQuiet(ExitCode.INVALID);
    assertThat(part.out())
        .contains("duplicate ticket  ticket 1 (value 0)", "of 2 attempts")
        .contains("id 0192e3a0-0000-7000-8000-000000000001")
        .contains("id 0192e3a0-0000-7000-8000-000000000002");
  }

  @Test
  void writesNoWitnessOfARunThatIsNotInvalid() throws IOException {
    var witness = folder.resolve("witness.ndjson");
    for (var history : List.of(HISTORY, HISTORY.replaceAll(".*\"end\".*\\n", ""))) {
      var run = report(file("fine", history), witness);
      assertThat(run.status()).isEqualTo(report(folder.resolve("fine")).status()).isNotEqualTo(1);
      assertThat(run.err().lines())
          .singleElement()
          .asString()
          .contains("--witness", "nothing is proven broken", "witness.ndjson");
      assertThat(run.out()).isNotEmpty();
      assertThat(witness).doesNotExist();
    }
  }

  @Test
  void neverPutsAPartInThePlaceOfTheWhole() throws IOException {
    var history = file("history.ndjson", OVERSOLD);
    for (var run : List.of(history, folder)) {
      report(run, folder.resolve(".").resolve("history.ndjson"))
          .assertRefusedWith(ExitCode.USAGE, "--witness", "is the history itself");
    }
    assertThat(history).hasContent(OVERSOLD);
  }

  @Test
  void aWitnessThatCannotBeWrittenIsUnavailable() throws IOException {
    var history = file("history.ndjson", OVERSOLD);
    for (var place :
        List.of(folder, folder.resolve("nowhere").resolve("w"), history.resolve("w"))) {
      var run = report(history, place);
      assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.UNAVAILABLE.status());
      assertThat(run.err().lines())
          .singleElement()
          .asString()
          .contains("--witness: cannot write '" + place + "'", "choose");
      assertThat(run.out()).startsWith("INVALID");
    }
  }

  private CommandRun limited(Path run, String... limits) {
    return CommandRun.of(
        Stream.concat(
                Stream.of("report", run.toString()),
                Stream.of(limits).map(limit -> "--fail-if=" + limit))
            .toArray(String[]::new));
  }

  @Test
  void exitsWithAMissedLimitAndSaysByHowMuch() throws IOException {
    var run = limited(file("run", HISTORY), "p99>100ns", "p50<2s", "max>1s", "throughput<1");
    assertThat(run.status()).isEqualTo(ExitCode.THRESHOLD.status());
    assertThat(run.err().lines())
        .containsExactly(
            "ticket-sim: decr missed the limit p99>100ns: 200 ns, 100 ns too much",
            "ticket-sim: decr missed the limit p50<2s: 200 ns, 2.00 s too little");
    assertThat(run.out())
        .contains("missed   p99>100ns             200 ns, 100 ns too much")
        .contains("held     max>1s                200 ns");
  }

  @Test
  void aLimitThatHoldsChangesNothing() throws IOException {
    limited(file("run", HISTORY), "p99>1ms", "failed>0%").assertQuiet(ExitCode.VALID);
  }

  @Test
  void aFailedVerdictWinsOverAMissedLimit() throws IOException {
    var oversold = HISTORY.replace("\"sold_out\",\"value\":-1", "\"sold\",\"value\":0");
    var unfinished = HISTORY.replaceAll(".*\"end\".*\\n", "");
    var invalid = limited(file("oversold", oversold), "p99>100ns");
    assertThat(invalid.status()).isEqualTo(ExitCode.INVALID.status());
    assertThat(invalid.err()).contains("missed the limit p99>100ns");
    assertThat(limited(file("cut", unfinished), "p99>100ns").status())
        .isEqualTo(ExitCode.UNKNOWN.status());
  }

  @Test
  void aLimitOnWhatWasNotMeasuredIsMissed() throws IOException {
    var warm = HISTORY.replace("\"buyers\":2", "\"buyers\":2,\"warm_up_ms\":1");
    var run = limited(file("warm", warm), "p99>1s");
    assertThat(run.status()).isEqualTo(ExitCode.THRESHOLD.status());
    assertThat(run.err()).contains("p99>1s: not measured");
    assertThat(run.out())
        .contains("warm-up     1 ms, in which 2 attempts began: judged, left out of latencies")
        .contains("all attempts began in the warm-up, no latency was measured");
  }

  @Test
  void asksForAStormWhereThereIsNoRunYet() {
    CommandRun.of("report", "--out", folder.resolve("runs").toString())
        .assertRefusedWith(ExitCode.USAGE, "there is no run in", "runs", "ticket-sim storm");
  }

  @Test
  void refusesAPathThatDoesNotExist() {
    report(folder.resolve("nowhere"))
        .assertRefusedWith(ExitCode.USAGE, "nowhere", "does not exist");
  }

  @Test
  void refusesAPathBelowAFile() throws IOException {
    report(file("file", "").resolve("run")).assertRefusedWith(ExitCode.USAGE, "file/run");
  }

  @Test
  void refusesAFolderWithoutAHistory() {
    report(folder).assertRefusedWith(ExitCode.USAGE, folder.toString(), "no history.ndjson");
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    report(file("empty", "")).assertRefusedWith(ExitCode.USAGE, "empty:1:", "expected a run line");
  }

  @Test
  void namesTheLineOfAMalformedHistory() throws IOException {
    report(file("edited", HISTORY.replace("\"buyer\":1", "\"buyer\":\"one\"")))
        .assertRefusedWith(ExitCode.USAGE, "edited:3:", "buyer");
  }

  @Test
  void namesTheLineWhereAHistoryIsTruncated() throws IOException {
    report(file("truncated", HISTORY.substring(0, HISTORY.indexOf("\"sold_out\""))))
        .assertRefusedWith(ExitCode.USAGE, "truncated:3:");
  }

  @Test
  void refusesATruncatedZip() throws IOException {
    var zip = zipped(HISTORY);
    report(file("truncated.gz", Arrays.copyOf(zip, zip.length / 2)))
        .assertRefusedWith(ExitCode.USAGE, "truncated.gz");
  }

  @Test
  void refusesAZipWithABrokenHeader() throws IOException {
    report(file("broken.gz", Arrays.copyOf(zipped(HISTORY), 5)))
        .assertRefusedWith(ExitCode.USAGE, "broken.gz");
  }

  @Test
  void refusesBinaryGarbage() throws IOException {
    var garbage = new byte[10_000];
    new Random(17).nextBytes(garbage);
    report(file("garbage", garbage)).assertRefusedWith(ExitCode.USAGE, "garbage");
    report(file("zeros", new byte[10_000])).assertRefusedWith(ExitCode.USAGE, "zeros:1:");
  }

  @Test
  void refusesAFileOfAnotherKind() throws IOException {
    report(file("other.json", "[1, 2, 3]\n")).assertRefusedWith(ExitCode.USAGE, "other.json:1:");
    report(file("notes.txt", "dear diary\n")).assertRefusedWith(ExitCode.USAGE, "notes.txt:1:");
  }
}
