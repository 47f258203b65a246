package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that take no more, as those on a full disk; a limit on their size is as good. */
@Timeout(120)
class DiskIT {
  @AutoClose private static final RedisServer REDIS = RedisServer.any();

  @TempDir private Path folder;

  private record Ended(int status, String out, String err) {}

  /** With files of so many kilobytes at most. */
  private Ended run(int kilobytes, String... arguments) throws Exception {
    var command =
        new ArrayList<>(List.of("bash", "-c", "ulimit -f " + kilobytes + "; exec \"$@\"", "bash"));
    var java = TicketSimProcess.command(folder, arguments);
    // A file too, and none that matters.
    java.add(1, "-XX:-UsePerfData");
    command.addAll(java);
    // Through a pipe: a file would be limited as well.
    var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.PIPE).start();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--format=json", "--format=text"})
  void aRunThatIsNotSavedWholeIsNotCalledSaved(String format) throws Exception {
    var runs = folder.resolve("runs");
    var storm =
        run(
            64,
            Storms.arguments(
                runs,
                REDIS.uri(),
                "--key=" + REDIS.freshKey(),
                "--threads=2000",
                "--stock=1000",
                format));

    assertThat(storm.status()).as(storm.err()).isEqualTo(ExitCode.UNAVAILABLE.status());
    assertThat(storm.out()).contains("VALID").doesNotContain(runs.toString());
    assertThat(storm.err().lines())
        .singleElement()
        .asString()
        .contains("cannot write into", runs.toString(), "too large");
    assertThat(runs).isEmptyDirectory();
  }

  @Test
  void aWitnessThatCannotBeWrittenLeavesTheOlderOne() throws Exception {
    var witness = Files.writeString(folder.resolve("witness.ndjson"), "an older one");
    var report =
        run(
            0,
            "report",
            "src/test/resources/histories/counter-conservation-left-above-a-reply-bad.ndjson",
            "--witness=" + witness);

    assertThat(report.status()).as(report.err()).isEqualTo(ExitCode.UNAVAILABLE.status());
    assertThat(report.err()).contains("--witness: cannot write '" + witness);
    assertThat(witness).hasContent("an older one");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(witness, folder.resolve("tmp"));
    }
  }

  @Test
  void aBundledRedisThatCannotBeUnpackedLeavesNothing() throws Exception {
    var redis = run(1_000, "storm", "--embedded", "--stock=1", "--out=" + folder.resolve("runs"));

    assertThat(redis.status()).as(redis.err()).isEqualTo(ExitCode.UNAVAILABLE.status());
    assertThat(redis.err()).contains("bundled Redis", "too large");
    assertThat(folder.resolve("tmp")).isEmptyDirectory();
  }
}
