package io.github.ticketsim.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Ends the programs that are still running and removes the files, however the measuring ends:
 * Ctrl-C and SIGTERM too.
 */
final class CleanUp {
  private static final long MOST_SECONDS = 10;
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  private CleanUp() {}

  /** Removes {@code folder} at the end of this process. */
  static void atExit(Path folder) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  RUNNING.forEach(CleanUp::end);
                  delete(folder);
                }));
  }

  /** Starts a program that does not outlive this one. */
  static Process started(ProcessBuilder builder) throws IOException {
    var process = builder.start();
    RUNNING.add(process);
    return process;
  }

  /** Asks a program to end, waits for that, and then does not ask any more. */
  static void end(Process process) {
    RUNNING.remove(process);
    process.destroy();
    try {
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(MOST_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println("bench: " + folder + " could not be removed: " + e.getMessage());
    }
  }
}
