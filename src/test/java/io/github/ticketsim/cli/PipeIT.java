package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ticketsim.stock.redis.RedisServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class PipeIT {

  @AutoClose private static final RedisServer REDIS = RedisServer.any();

  @TempDir private Path folder;

  /** The reader closes the pipe before the first line, or after it. */
  @ParameterizedTest
  @CsvSource({"true, 40, VALID", "head -n 1, 40, VALID", "head -n 1, 10, UNKNOWN"})
  void aClosedPipeIsQuietAndKeepsTheExitCode(String reader, int stock, ExitCode expected)
      throws Exception {
    var key = REDIS.freshKey();
    var script = "{ \"$@\" 2>\"$FOLDER/err\"; echo $? >\"$FOLDER/status\"; } | " + reader;
    var command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(
        TicketSimProcess.command(
            folder,
            Storms.arguments(
                folder.resolve("runs"),
                REDIS.uri(),
                "--key=" + key,
                "--threads=" + (expected == ExitCode.VALID ? 2 * stock : stock),
                "--stock=" + stock)));
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("FOLDER", folder.toString());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.start().waitFor();
    assertThat(Files.readString(folder.resolve("err"))).isEmpty();
    assertThat(Files.readString(folder.resolve("status")).strip())
        .isEqualTo(Integer.toString(expected.status()));
    assertThat(Storms.latest(folder.resolve("runs")).attempts().size()).isPositive();
  }

  @Test
  void resultsThatCannotBePrintedAreNoSuccess() throws Exception {
    var full = new File("/dev/full");
    assumeTrue(full.exists(), "no /dev/full on this system");
    var command =
        TicketSimProcess.command(
            folder, "preload", "--redis=" + REDIS.uri(), "--key=" + REDIS.freshKey(), "--stock=5");
    var err = folder.resolve("err");

    var process =
        new ProcessBuilder(command).redirectOutput(full).redirectError(err.toFile()).start();

    assertThat(process.waitFor()).isEqualTo(ExitCode.UNAVAILABLE.status());
    assertThat(Files.readString(err).lines())
        .singleElement()
        .asString()
        .startsWith("ticket-sim: stdout cannot be written: ");
  }
}
