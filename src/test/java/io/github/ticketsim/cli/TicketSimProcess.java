package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.redis.RedisServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A ticket-sim in a process of its own, whose private Redis can be found. */
final class TicketSimProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("POST (http://\\S+)/buy");
  private static final Pattern PORT = Pattern.compile("port=([0-9]+)");

  private final Path folder;
  private final Process process;

  private TicketSimProcess(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /** Starts {@code arguments}; {@code folder} takes its output and temporary files. */
  static TicketSimProcess start(Path folder, String... arguments) throws IOException {
    return started(folder, new ProcessBuilder(command(folder, arguments)));
  }

  /** The same, where a launcher starts Java. */
  static TicketSimProcess start(Path folder, ProcessBuilder launcher) throws IOException {
    var temporary = Files.createDirectories(folder.resolve("tmp"));
    launcher.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    return started(folder, launcher);
  }

  private static TicketSimProcess started(Path folder, ProcessBuilder builder) throws IOException {
    var process =
        builder
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    return new TicketSimProcess(folder, process);
  }

  /** The process, its children and theirs. */
  List<Long> family() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(ProcessHandle::pid)
        .toList();
  }

  /** The command that {@link #start} starts. */
  static List<String> command(Path folder, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(TicketSim.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  String out() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  /** Waits until it serves, and finds where. */
  String awaitUrl() throws Exception {
    Await.until("it serves", () -> !running() || serves());
    var ready = READY.matcher(err());
    assertThat(ready.find()).as(err()).isTrue();
    return ready.group(1);
  }

  private boolean serves() throws IOException {
    return READY.matcher(err()).find();
  }

  boolean running() {
    return process.isAlive();
  }

  /** Sends a signal by its name, without SIG. */
  void signal(String name) throws IOException, InterruptedException {
    signal(name, process.pid());
  }

  /** Sends a signal again and again, the last one perhaps to nobody. */
  void signalUntilItEnds(String name) throws Exception {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()));
    kill.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Await.until(
        "it ends",
        () -> {
          kill.start().waitFor();
          return !running();
        });
  }

  /** Sends a signal to another process. */
  static void signal(String name, long pid) throws IOException, InterruptedException {
    run("kill", "-" + name, Long.toString(pid));
  }

  /** Whether {@link #limitOpenFiles} finds the program it needs. */
  static boolean canLimitOpenFiles() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "prlimit")));
  }

  /** Sets how many files may be open: {@code SOFT:} or {@code SOFT:HARD}. On Linux alone. */
  void limitOpenFiles(String limit) throws IOException, InterruptedException {
    run("prlimit", "--pid=" + process.pid(), "--nofile=" + limit);
  }

  private static void run(String... command) throws IOException, InterruptedException {
    var run = new ProcessBuilder(command).inheritIO().start();
    assertThat(run.waitFor()).as(String.join(" ", command)).isZero();
  }

  /** Waits for the end; returns the exit status as a shell would. */
  int awaitExit() throws InterruptedException {
    return process.waitFor();
  }

  /** Waits until the private Redis is ready, and finds its port in its log. */
  int awaitRedis() throws Exception {
    Await.until(
        "the private Redis is ready", () -> !running() || log().contains("Ready to accept"));
    var port = PORT.matcher(log());
    assertThat(port.find()).as("a private Redis; ticket-sim says: %s", err()).isTrue();
    return Integer.parseInt(port.group(1));
  }

  /** Whether the private Redis has got as far as writing down its process id. */
  boolean redisHasPid() throws IOException {
    var pid = redisFolder().map(redis -> redis.resolve("pid"));
    return pid.isPresent() && Files.exists(pid.get()) && Files.size(pid.get()) > 0;
  }

  /** Sends a signal to the private Redis. */
  void signalRedis(String name) throws Exception {
    awaitRedis();
    var log = log();
    signal(name, Long.parseLong(log.substring(0, log.indexOf(':'))));
  }

  /** Waits until the Redis on {@code port} and all temporary files are gone. */
  void awaitRedisGone(int port) throws Exception {
    Await.until("nobody listens on port " + port, () -> !RedisServer.listens(port));
    Await.until("no temporary files are left", () -> redisFolder().isEmpty());
  }

  private String log() throws IOException {
    var log = redisFolder().map(redis -> redis.resolve("log"));
    return log.isPresent() && Files.exists(log.get()) ? Files.readString(log.get()) : "";
  }

  private Optional<Path> redisFolder() throws IOException {
    try (var files = Files.list(folder.resolve("tmp"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("ticket-sim-redis-"))
          .findFirst();
    }
  }

  /** Ends the process, and waits until nothing of it is left in its temporary files. */
  @Override
  public void close() {
    try {
      process.destroyForcibly().waitFor();
      Await.until("its Redis is gone", () -> redisFolder().isEmpty());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
