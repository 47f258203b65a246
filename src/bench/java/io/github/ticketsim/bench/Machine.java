package io.github.ticketsim.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What all this runs on. */
final class Machine {
  private Machine() {}

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Of the benchmarks and of the ticket-sim that they measure. */
  static String classPath() {
    return System.getProperty("java.class.path");
  }

  /** The most KiB that process {@code pid} has had; 0 if it is gone, or this is no Linux. */
  static long mostResident(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException _) {
      return 0;
    }
  }

  static String words() throws IOException {
    var cpus = Path.of("/proc/cpuinfo");
    var model =
        Files.isReadable(cpus)
            ? Files.readAllLines(cpus).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("")
            : "";
    return String.format(
        Locale.ROOT,
        "%d x %s, %s, Java %s",
        Runtime.getRuntime().availableProcessors(),
        model.isEmpty() ? System.getProperty("os.arch") : model,
        System.getProperty("os.name"),
        Runtime.version().feature());
  }
}
