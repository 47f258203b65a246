package io.github.ticketsim.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How time and memory grow, from the start of ticket-sim to its verdict, with the number of buyers
 * and with that of attempts. The exponent is that of a row to the one before: 1 if twice as many
 * take twice as long.
 */
final class Growth {
  private static final int BUYERS = 5_000;
  private static final long MOST_MINUTES = 30;
  private static final long POLL_MILLIS = 20;

  private final boolean quick;
  private final Path work;
  private final Table table;

  /**
   * @param attempts made
   * @param seconds from the start to the verdict
   * @param kibibytes of the machine that Java had at most
   */
  private record Storm(long attempts, double seconds, long kibibytes) {}

  Growth(boolean quick, Path work, Table table) {
    this.quick = quick;
    this.work = work;
    this.table = table;
  }

  void measure() throws Exception {
    var before = new Storm(1, 0, 0);
    for (var buyers = 1_000; buyers <= (quick ? 10_000 : 1_000_000); buyers *= 10) {
      var storm = storm(buyers, "", "--threads=" + buyers);
      row(String.format(Locale.ROOT, "%,d buyers, a purchase each", buyers), storm, before);
      before = storm;
    }
    before = new Storm(1, 0, 0);
    for (var each : quick ? List.of(200) : List.of(200, 2_000, 20_000)) {
      var attempts = (long) BUYERS * each;
      var storm =
          storm(attempts, "-Xmx7600m", "--threads=" + BUYERS, "--pipeline", "--purchases=" + each);
      row(
          String.format(Locale.ROOT, "%,d attempts with `--pipeline`, -Xmx7600m", attempts),
          storm,
          before);
      before = storm;
    }
  }

  private void row(String what, Storm storm, Storm before) {
    table.row(
        what + ", from start to verdict",
        String.format(Locale.ROOT, "%.2f s", storm.seconds()),
        String.format(
            Locale.ROOT,
            "%,d MiB of the machine, %,d bytes an attempt",
            storm.kibibytes() >> 10,
            (storm.kibibytes() << 10) / storm.attempts()),
        before.attempts() == 1
            ? ""
            : String.format(
                Locale.ROOT,
                "exponent %.2f",
                Math.log(storm.seconds() / before.seconds())
                    / Math.log((double) storm.attempts() / before.attempts())),
        "1.1 or less");
  }

  private Storm storm(long attempts, String javaOptions, String... options) throws Exception {
    Progress.say(String.format(Locale.ROOT, "a storm of %,d attempts", attempts));
    var out = Files.createTempDirectory(work, "growth-");
    var command =
        Stream.concat(
                Stream.of(
                    Processes.TICKET_SIM.toString(),
                    "storm",
                    "--embedded",
                    "--stock=500",
                    "--quiet",
                    "--out=" + out),
                Stream.of(options))
            .toList();
    var builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    if (!javaOptions.isEmpty()) {
      builder.environment().put("JAVA_TOOL_OPTIONS", javaOptions);
    }
    var begin = System.nanoTime();
    var process = CleanUp.started(builder);
    try {
      var most = 0L;
      var deadline = begin + TimeUnit.MINUTES.toNanos(MOST_MINUTES);
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        if (System.nanoTime() > deadline) {
          throw new FailedException("not over after " + MOST_MINUTES + " minutes: " + command);
        }
        most =
            Math.max(
                most,
                process
                    .descendants()
                    .map(ProcessHandle::pid)
                    .mapToLong(Machine::mostResident)
                    .max()
                    .orElse(0));
      }
      var seconds = (System.nanoTime() - begin) / 1e9;
      if (process.exitValue() != 0) {
        throw new FailedException("exit " + process.exitValue() + " of " + command);
      }
      return new Storm(attempts, seconds, most);
    } finally {
      CleanUp.end(process);
      CleanUp.delete(out);
    }
  }
}
