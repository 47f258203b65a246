package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A history that comes through a pipe. */
@Timeout(120)
class ReportStreamTest {
  private static final Path HISTORY = Path.of("src/test/resources/reports/valid.ndjson");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "cat \"$HISTORY\" | \"$@\" -, stdin",
    "\"$@\" - < \"$HISTORY\", stdin",
    "gzip -c \"$HISTORY\" | \"$@\" -, stdin",
    "gzip -c \"$HISTORY\" | \"$@\" /dev/stdin, /dev/stdin",
    "\"$@\" <(cat \"$HISTORY\"), /dev/fd/",
    "\"$@\" <(gzip -c \"$HISTORY\"), /dev/fd/"
  })
  void isJudgedLikeAFile(String script, String saved) throws Exception {
    assumeTrue(Files.exists(Path.of("/bin/bash")), "no bash on this system");
    var command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
    command.addAll(TicketSimProcess.command(folder, "report"));
    var builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("HISTORY", HISTORY.toString());
    var status = builder.start().waitFor();

    assertThat(Files.readString(folder.resolve("err"))).isEmpty();
    assertThat(Files.readString(folder.resolve("out")))
        .startsWith("VALID: ")
        .containsPattern("saved +" + saved);
    assertThat(status).isEqualTo(ExitCode.VALID.status());
  }
}
