package io.github.ticketsim.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Other programs, each run to its end; what they say goes through files, so that nobody waits for a
 * reader.
 */
final class Processes {
  static final Path TICKET_SIM = Path.of("scripts/ticket-sim").toAbsolutePath();

  /** For a service to start or to end. */
  static final long MOST_SECONDS_TO_START = 60;

  private static final long MOST_MINUTES = 20;

  private Processes() {}

  static void ticketSim(Path work, String... arguments) throws Exception {
    output(work, TICKET_SIM, arguments);
  }

  /** What {@code program} says; {@code work} holds that until it is over. */
  static String output(Path work, Path program, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    var out = Files.createTempFile(work, "output-", ".out");
    try {
      run(work, new ProcessBuilder(command).redirectOutput(out.toFile()));
      return Files.readString(out);
    } finally {
      Files.deleteIfExists(out);
    }
  }

  static double seconds(Path work, List<String> command) throws Exception {
    return seconds(work, "", command);
  }

  static double seconds(Path work, String javaOptions, List<String> command) throws Exception {
    var builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    if (!javaOptions.isEmpty()) {
      builder.environment().put("JAVA_TOOL_OPTIONS", javaOptions);
    }
    var begin = System.nanoTime();
    run(work, builder);
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void run(Path work, ProcessBuilder builder)
      throws IOException, InterruptedException {
    var err = Files.createTempFile(work, "output-", ".err");
    var process = CleanUp.started(builder.redirectError(err.toFile()));
    try {
      var command = String.join(" ", builder.command());
      if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
        throw new FailedException("not over after " + MOST_MINUTES + " minutes: " + command);
      }
      if (process.exitValue() != 0) {
        throw new FailedException(
            "exit "
                + process.exitValue()
                + " of "
                + command
                + ": "
                + Files.readString(err).strip());
      }
    } finally {
      CleanUp.end(process);
      Files.deleteIfExists(err);
    }
  }
}
