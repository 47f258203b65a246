import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Other programs, each run to its end. */
final class Processes {
  static final Path TICKET_SIM = Path.of("scripts/ticket-sim").toAbsolutePath();

  private static final long MOST_MINUTES = 20;

  private Processes() {}

  static void ticketSim(String... arguments) throws Exception {
    output(TICKET_SIM, arguments);
  }

  static String output(Path program, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var output = new String(process.getInputStream().readAllBytes());
    end(process, command);
    return output;
  }

  static double seconds(List<String> command) throws Exception {
    return seconds("", command);
  }

  static double seconds(String javaOptions, List<String> command) throws Exception {
    var builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    if (!javaOptions.isEmpty()) {
      builder.environment().put("JAVA_TOOL_OPTIONS", javaOptions);
    }
    var begin = System.nanoTime();
    end(builder.redirectError(ProcessBuilder.Redirect.DISCARD).start(), command);
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void end(Process process, List<String> command) throws InterruptedException {
    if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("not over after minutes: " + String.join(" ", command));
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException("exit " + process.exitValue() + ": " + String.join(" ", command));
    }
  }
}
