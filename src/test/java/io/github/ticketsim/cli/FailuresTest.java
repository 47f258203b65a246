package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class FailuresTest {

  @Command(name = "break")
  private record Breaking(Callable<Integer> body) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      return body.call();
    }
  }

  private static CommandRun run(Callable<Integer> body) {
    var err = new StringWriter();
    var commandLine =
        TicketSim.commandLine()
            .addSubcommand(new Breaking(body))
            .setErr(new PrintWriter(err, true));
    return new CommandRun(TicketSim.execute(commandLine, "break"), "", err.toString());
  }

  @Test
  void anUnforeseenExceptionIsABugWithAStackTrace() {
    var run =
        run(
            () -> {
              throw new IllegalStateException("broken");
            });
    assertThat(run.status()).isEqualTo(ExitCode.INTERNAL.status());
    assertThat(run.err()).contains("bug in ticket-sim", "broken", "\tat ");
  }

  @Test
  void anErrorIsABugTooAndNeverLooksLikeAVerdict() {
    var run =
        run(
            () -> {
              throw new OutOfMemoryError("no heap");
            });
    assertThat(run.status()).isEqualTo(ExitCode.INTERNAL.status());
    assertThat(run.err()).contains("bug in ticket-sim", "no heap", "\tat ");
  }
}
