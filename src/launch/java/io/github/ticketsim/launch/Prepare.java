package io.github.ticketsim.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes of the jar with all classes what makes starts fast: jars that are read faster, and caches
 * (JEP 514) of all that ticket-sim loads, and of how its methods behave (JEP 515). Whatever fails,
 * ticket-sim still starts, only slower.
 *
 * <p>Usage: {@code java Prepare.java FROM.jar FOLDER}
 */
public final class Prepare {
  /** For one cache; much, since the machine may be busy. */
  private static final long MOST_SECONDS = 300;

  private static final long MOST_SECONDS_TO_END = 10;

  private final Path jar;
  private final Path folder;
  private final Path main;
  private final Path log;

  /** What is there only meanwhile. */
  private final Path work;

  private final Path javaHome = Path.of(System.getProperty("java.home"));

  private Prepare(Path jar, Path folder) {
    this.jar = jar;
    this.folder = folder;
    this.main = folder.resolve("ticket-sim.jar");
    this.log = folder.resolve("log");
    this.work = folder.resolve("work");
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    new Prepare(Path.of(arguments[0]), Path.of(arguments[1])).run();
  }

  private void run() throws IOException, InterruptedException {
    delete(folder);
    Files.createDirectories(work);
    try {
      LaunchJars.write(jar, main, folder.resolve("libraries.jar"));
      // Whatever is in a cache is loaded at once, needed or not; so there is one for each kind of
      // command.
      train("version.aot", "ORDERLY", "--version");
      train("command.aot", "ORDERLY", "preload", "--help");
      // Long enough to show the compiler what it will have to compile.
      train(
          "storm.aot",
          "REHEARSED",
          "storm",
          "--embedded",
          "--stock=1000",
          "--threads=5000",
          "--purchases=40",
          "--out=" + work.resolve("runs"));
    } catch (IOException e) {
      System.err.println("ticket-sim will start slower: " + e + "; see " + log);
    }
    delete(work);
    // Last: says that this was tried, and with which Java.
    Files.copy(javaHome.resolve("release"), folder.resolve("stamp"));
  }

  /** Makes a cache by running ticket-sim. It gets its name when it is whole. */
  private void train(String cache, String exit, String... arguments)
      throws IOException, InterruptedException {
    var whole = folder.resolve(cache);
    var made = work.resolve(cache);
    var command = new ArrayList<>(List.of(javaHome.resolve("bin").resolve("java").toString()));
    command.addAll(
        List.of("-XX:AOTCacheOutput=" + made, "-Dticketsim.exit=" + exit, "-jar", main.toString()));
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      end(process);
      throw new IOException(cache + " was not made within " + MOST_SECONDS + " s");
    }
    if (process.exitValue() != 0) {
      throw new IOException(cache + " was not made, exit code " + process.exitValue());
    }
    Files.move(made, whole);
  }

  /** In the way in which ticket-sim ends its Redis, and by force if that takes too long. */
  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static void delete(Path path) throws IOException {
    if (Files.exists(path)) {
      try (var files = Files.walk(path)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
