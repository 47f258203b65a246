package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class ExitIT {
  /** What Java prints at its end, where it is asked to and comes to it. */
  private static final String LAST_WORDS = "Native Memory Tracking:";

  private static final List<String> ASKED =
      List.of(
          "-XX:NativeMemoryTracking=summary",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:+PrintNMTStatistics");

  @TempDir private Path folder;

  /** The status tells more than success, the report is whole, and nothing is left behind. */
  @ParameterizedTest
  @CsvSource({
    "ORDERLY, VALID, '', true",
    "REHEARSED, VALID, '', true",
    "PROMPT, VALID, '', false",
    "PROMPT, VALID, --records=jdbc:sqlite:tickets.db, true",
    "PROMPT, UNKNOWN, '', false",
    "nonsense, UNKNOWN, '', true",
  })
  void aPromptExitLosesNothingButJavasLastWords(
      String exit, ExitCode verdict, String records, boolean lastWords) throws Exception {
    var out = folder.resolve("out");
    var threads = verdict == ExitCode.VALID ? 200 : 20;
    var command =
        TicketSimProcess.command(
            folder,
            "storm",
            "--embedded",
            "--stock=100",
            "--threads=" + threads,
            "--out=" + folder.resolve("runs"));
    if (!records.isEmpty()) {
      command.add(records.replace("tickets.db", folder.resolve("tickets.db").toString()));
    }
    command.add(1, "-Dticketsim.exit=" + exit);
    command.addAll(1, ASKED);
    var process = new ProcessBuilder(command).redirectOutput(out.toFile()).start();

    assertThat(process.waitFor()).isEqualTo(verdict.status());
    assertThat(Files.readString(out).contains(LAST_WORDS)).isEqualTo(lastWords);
    assertThat(Files.readString(out)).startsWith(verdict.name()).contains("the storm lasted");
    assertThat(Storms.latest(folder.resolve("runs")).attempts().size()).isEqualTo(threads);
    assertThat(folder.resolve("tmp")).isEmptyDirectory();
  }
}
