package io.github.ticketsim.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** wrk, or hey where there is none: 64 clients who buy again and again. */
final class LoadTool {
  private static final String CLIENTS = "64";
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern WRK_P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)\\b");
  private static final Pattern HEY_P99 = Pattern.compile("99%+ in ([0-9.]+) secs");

  /** What only appears where requests failed or were answered with anything but 200. */
  private static final Pattern FAILURES =
      Pattern.compile("Non-2xx|Socket errors|Error distribution|(?m)^\\s*\\[(?!200\\])[0-9]{3}\\]");

  private final boolean wrk;
  private final Path work;
  private final Path script;

  /** What one turn came to. */
  record Turn(double perSecond, double p99Millis) {}

  LoadTool(Path work) throws IOException {
    this.wrk = installed("wrk");
    this.work = work;
    this.script = Files.writeString(work.resolve("post.lua"), "wrk.method = \"POST\"\n");
  }

  static boolean installed(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Such as {@code wrk -c 64}. */
  String words() {
    return (wrk ? "wrk" : "hey") + " -c " + CLIENTS;
  }

  Turn storm(String url, int seconds) throws Exception {
    var output =
        wrk
            ? Processes.output(
                work,
                Path.of("wrk"),
                "-t",
                "2",
                "-c",
                CLIENTS,
                "-d",
                seconds + "s",
                "--latency",
                "-s",
                script.toString(),
                url)
            : Processes.output(
                work, Path.of("hey"), "-c", CLIENTS, "-z", seconds + "s", "-m", "POST", url);
    if (FAILURES.matcher(output).find()) {
      throw new IllegalStateException("not every purchase was answered with 200:\n" + output);
    }
    return new Turn(
        number(RATE, output), wrk ? wrkMillis(output) : 1_000 * number(HEY_P99, output));
  }

  private static double wrkMillis(String output) {
    var found = WRK_P99.matcher(output);
    if (!found.find()) {
      throw new IllegalStateException("no p99 in:\n" + output);
    }
    var number = Double.parseDouble(found.group(1));
    return switch (found.group(2)) {
      case "us" -> number / 1_000;
      case "ms" -> number;
      default -> number * 1_000;
    };
  }

  private static double number(Pattern pattern, String output) {
    var found = pattern.matcher(output);
    if (!found.find()) {
      throw new IllegalStateException("no " + pattern + " in:\n" + output);
    }
    return Double.parseDouble(found.group(1));
  }
}
