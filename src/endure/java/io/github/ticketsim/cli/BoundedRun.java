package io.github.ticketsim.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A command line that was executed in this JVM.
 *
 * @param status the exit status
 * @param out what it printed on stdout
 * @param err what it printed on stderr
 */
record BoundedRun(int status, String out, String err) {
  private static final long MOST_SECONDS = 20;

  /**
   * Executes {@code arguments} to their end.
   *
   * @throws TimeoutException if they have none in time
   */
  static BoundedRun of(String... arguments)
      throws InterruptedException, ExecutionException, TimeoutException {
    var run = new FutureTask<>(() -> execute(arguments));
    Thread.ofPlatform().daemon().start(run);
    return run.get(MOST_SECONDS, TimeUnit.SECONDS);
  }

  private static BoundedRun execute(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var commandLine =
        TicketSim.commandLine(arguments)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    var status = TicketSim.execute(commandLine, arguments);
    return new BoundedRun(status, out.toString(), err.toString());
  }

  /** Whether it did nothing but say on one line of stderr what is wrong. */
  boolean isRefused() {
    return status == ExitCode.USAGE.status()
        && out.isEmpty()
        && err.lines().count() == 1
        && err.startsWith("ticket-sim: ");
  }
}
