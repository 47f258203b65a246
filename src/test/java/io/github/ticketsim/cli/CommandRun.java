package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A command line that was executed in this JVM.
 *
 * @param status the exit status
 * @param out what it printed on stdout
 * @param err what it printed on stderr
 */
record CommandRun(int status, String out, String err) {
  private static final Executor BACKGROUND = task -> Thread.ofPlatform().daemon().start(task);

  /** Executes {@code arguments} to their end. */
  static CommandRun of(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var commandLine =
        TicketSim.commandLine(arguments)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    var status = TicketSim.execute(commandLine, arguments);
    return new CommandRun(status, out.toString(), err.toString());
  }

  /** Executes {@code arguments} while the test goes on. */
  static CompletableFuture<CommandRun> inBackground(String... arguments) {
    return CompletableFuture.supplyAsync(() -> of(arguments), BACKGROUND);
  }

  /** Asserts that the command did nothing but say on one line of stderr what is wrong. */
  void assertRefusedWith(ExitCode code, String... words) {
    assertThat(err.lines()).as("stderr").hasSize(1);
    assertThat(err).startsWith("ticket-sim: ").contains(words);
    assertThat(out).as("stdout").isEmpty();
    assertThat(status).as(err).isEqualTo(code.status());
  }

  /** Asserts that the command ended with {@code code} and had nothing to complain of. */
  void assertQuiet(ExitCode code) {
    assertThat(err).as("stderr").isEmpty();
    assertThat(status).as(out).isEqualTo(code.status());
  }

  /** What it printed on stdout as one line, wherever a page of text broke it. */
  String text() {
    return out.strip().replaceAll("\\s+", " ");
  }

  List<String> outLines() {
    return out.lines().toList();
  }
}
