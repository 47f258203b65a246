package io.github.ticketsim.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Makes of the jar with all classes what makes starts fast: jars that are read faster, caches (JEP
 * 514) of all that ticket-sim loads, and of how its methods behave (JEP 515), and the Redis of
 * private sales unpacked. Whatever fails, ticket-sim still starts, only slower.
 *
 * <p>Usage: {@code java Prepare.java FROM.jar FOLDER}
 */
public final class Prepare {
  /** For one cache; much, since the machine may be busy. */
  private static final long MOST_SECONDS = 300;

  private static final long MOST_SECONDS_TO_END = 10;

  /** The status of a service without a single purchase, of which nothing is proven. */
  private static final int NOTHING_BOUGHT = 3;

  private final Path jar;
  private final Path folder;
  private final Path main;
  private final Path redis;
  private final Path log;

  /** What is there only meanwhile. */
  private final Path work;

  private final Path javaHome = Path.of(System.getProperty("java.home"));

  private Prepare(Path jar, Path folder) {
    this.jar = jar;
    this.folder = folder;
    this.main = folder.resolve("ticket-sim.jar");
    this.redis = folder.resolve("redis-server");
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
      LaunchJars.write(jar, main, folder.resolve("classes.jar"));
      // Whatever is in a cache is loaded at once, needed or not; so there is one for each kind of
      // command.
      train("version.aot", "ORDERLY", 0, Prepare::never, "--version");
      train("command.aot", "ORDERLY", 0, Prepare::never, "preload", "--help");
      trainStorm("storm.aot");
      trainStorm("pipeline.aot", "--pipeline");
      // It sells once it has warmed up, and so has shown what a purchase takes.
      train(
          "serve.aot",
          "ORDERLY",
          NOTHING_BOUGHT,
          line -> line.contains("/buy sells"),
          "serve",
          "--embedded",
          "--stock=1000",
          "--port=0",
          "--out=" + work.resolve("runs"));
    } catch (IOException | IllegalArgumentException e) {
      // The second is of a class that this JDK cannot read or change.
      System.err.println("ticket-sim will start slower: " + e + "; see " + log);
    }
    delete(work);
    // Last: says that this was tried, and with which Java.
    Files.copy(javaHome.resolve("release"), folder.resolve("stamp"));
  }

  /** Long enough to show the compiler what it will have to compile. */
  private void trainStorm(String cache, String... options)
      throws IOException, InterruptedException {
    var storm =
        Stream.of(
            "storm",
            "--embedded",
            "--stock=1000",
            "--threads=5000",
            "--purchases=40",
            "--out=" + work.resolve("runs"));
    train(
        cache,
        "REHEARSED",
        0,
        Prepare::never,
        Stream.concat(storm, Stream.of(options)).toArray(String[]::new));
  }

  /**
   * Makes a cache by running ticket-sim. It gets its name when it is whole.
   *
   * @param status with which it ends
   * @param enough whether ticket-sim, having said a line, is told to end
   */
  private void train(
      String cache, String exit, int status, Predicate<String> enough, String... arguments)
      throws IOException, InterruptedException {
    var whole = folder.resolve(cache);
    var made = work.resolve(cache);
    var command = new ArrayList<>(List.of(javaHome.resolve("bin").resolve("java").toString()));
    command.addAll(
        List.of(
            "-XX:AOTCacheOutput=" + made,
            "-Dticketsim.exit=" + exit,
            "-Dticketsim.redis=" + redis,
            "-jar",
            main.toString()));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    Thread.ofVirtual().start(() -> listen(process, enough));
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      end(process);
      throw new IOException(cache + " was not made within " + MOST_SECONDS + " s");
    }
    if (process.exitValue() != status) {
      throw new IOException(cache + " was not made, exit code " + process.exitValue());
    }
    Files.move(made, whole);
  }

  private void listen(Process process, Predicate<String> enough) {
    try (var lines = process.inputReader();
        var kept = new PrintWriter(new FileWriter(log.toFile(), UTF_8, /* append= */ true), true)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        kept.println(line);
        if (enough.test(line)) {
          // Unlike the process itself, its handle leaves open what is read from it.
          process.toHandle().destroy();
        }
      }
    } catch (IOException e) {
      // The process then ends by itself, or when its time is over.
      System.err.println(log + ": " + e);
    }
  }

  private static boolean never(String line) {
    return false;
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
