package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher: what becomes of statuses and signals on their way through it. */
@Timeout(180)
class LauncherIT {
  private static final String KEY = "ticket:stock";

  @TempDir private static Path home;
  private static Launcher launcher;

  @TempDir private Path folder;

  @BeforeAll
  static void prepare() throws Exception {
    launcher = Launcher.in(home);
    // The first start tries to make its caches, and says so.
    assertThat(launcher.command("--version").start().waitFor()).isZero();
  }

  private String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  private int run(ProcessBuilder builder) throws Exception {
    return builder
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start()
        .waitFor();
  }

  @ParameterizedTest
  @CsvSource({
    "counter-conservation-left-above-a-reply-ok, VALID",
    "counter-conservation-left-above-a-reply-bad, INVALID",
    "counter-demand-never-exceeded-the-stock-unknown, UNKNOWN",
    "missing, USAGE",
  })
  void theStatusIsTheVerdict(String history, ExitCode expected) throws Exception {
    var file = "src/test/resources/histories/" + history + ".ndjson";

    assertThat(run(launcher.command("report", file))).isEqualTo(expected.status());
    assertThat(err().isEmpty()).isEqualTo(expected != ExitCode.USAGE);
  }

  @ParameterizedTest
  @CsvSource({"-V, VALID", "version, VALID", "version --help, VALID", "version --no, USAGE"})
  void soIsThatOfTheVersion(String arguments, ExitCode expected) throws Exception {
    assertThat(run(launcher.command(arguments.split(" ")))).isEqualTo(expected.status());
  }

  @ParameterizedTest
  @CsvSource({
    "storm, true",
    "storm --threads=99999, true",
    "storm --threads 5000 --stock 10, true",
    "storm --threads=100000, false",
    "storm --threads 1M, false",
    "storm --threads 64 --purchases 9, false",
    "storm --duration=1s, false",
    "storm --sale=shop.yaml, false",
    "report, false",
  })
  void theOptimisingCompilerIsSparedForBriefStormsAlone(String arguments, boolean spared)
      throws Exception {
    assertThat(flag("TieredStopAtLevel", arguments, "").equals("1")).isEqualTo(spared);
  }

  @ParameterizedTest
  @CsvSource({
    "storm --pipeline, '', 60",
    "storm --purchases=200, '', 60",
    "storm --pipeline --purchases=200, '', 190",
    "storm --pipeline --purchases=200, -XX:+UseParallelGC, 2",
  })
  void theYoungGenerationIsSmallInALongPipelinedStormAlone(
      String arguments, String own, String ratio) throws Exception {
    assertThat(flag("NewRatio", arguments, own)).isEqualTo(ratio);
  }

  /** The value of a flag of the JVM. */
  private String flag(String name, String arguments, String own) throws Exception {
    var command = launcher.command((arguments + " --help").split(" "));
    command.environment().put("JAVA_TOOL_OPTIONS", "-XX:+PrintFlagsFinal " + own);
    run(command);

    var flag = Pattern.compile(" " + name + " += (\\S+)").matcher(err());
    assertThat(flag.find()).isTrue();
    return flag.group(1);
  }

  @Test
  void saysWhyItBuilds() throws Exception {
    var fresh = folder.resolve("fresh");
    var unbuilt = Launcher.in(fresh);
    var jar = fresh.resolve("target/ticket-sim-cli.jar");
    Files.delete(jar);
    var noBuild = "mvn() { false; }; export -f mvn";

    assertThat(run(unbuilt.after(noBuild, "--version"))).isEqualTo(ExitCode.INTERNAL.status());
    assertThat(err()).contains("building, since there is no jar yet");

    Files.createFile(jar);
    Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
    assertThat(run(unbuilt.after(noBuild, "--version"))).isEqualTo(ExitCode.INTERNAL.status());
    assertThat(err()).contains("building, since the sources are newer than the jar");
  }

  @Test
  void aMissedLimitHasItsStatusToo() throws Exception {
    var file = "src/test/resources/histories/counter-conservation-left-above-a-reply-ok.ndjson";

    assertThat(run(launcher.command("report", file, "--fail-if=throughput<900M/s")))
        .isEqualTo(ExitCode.THRESHOLD.status());
  }

  /** Java ends with 1 then, or with 0, and both would be verdicts. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "export JAVA_TOOL_OPTIONS=-XX:+NoSuchFlag",
        "export JAVA_TOOL_OPTIONS=-Xmx1x",
        "export JAVA_TOOL_OPTIONS=-agentlib:no_such_agent",
        "export JAVA_TOOL_OPTIONS=-Xlog:help",
        "export JDK_JAVA_OPTIONS=--no-such-option",
        "export _JAVA_OPTIONS=-Xmx1x",
        "ulimit -v 400000",
      })
  void aJavaThatCannotStartIsNoVerdict(String shell) throws Exception {
    var command = launcher.after(shell, "report", "src/test/resources/histories");

    assertThat(run(command)).isEqualTo(ExitCode.UNAVAILABLE.status());
    assertThat(err().lines().toList().getLast())
        .startsWith("ticket-sim: Java did not start")
        .contains(shell.startsWith("ulimit") ? "ulimit -v 400000" : shell.split("=", 2)[1]);
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 30, 64})
  void tooFewOpenFilesAreNamed(int files) throws Exception {
    var command = launcher.after("ulimit -n " + files, "storm", "--embedded", "--stock=10");

    assertThat(run(command)).isEqualTo(ExitCode.UNAVAILABLE.status());
    assertThat(err().lines())
        .singleElement()
        .asString()
        .contains("ulimit -n: no more than " + files + " files", "ulimit -n 4096");
  }

  @Test
  void aLauncherThatFailsIsNoVerdict() throws Exception {
    var broken = folder.resolve("broken");
    var another = Launcher.in(broken);
    // Its lock is a folder, which cannot be opened.
    Files.createDirectory(broken.resolve("target/.build-lock"));

    assertThat(run(another.command("report"))).isEqualTo(ExitCode.INTERNAL.status());
  }

  private TicketSimProcess storm() throws IOException {
    return storm("2s");
  }

  private TicketSimProcess storm(String timeout) throws IOException {
    return TicketSimProcess.start(
        folder,
        launcher.command(
            "storm",
            "--embedded",
            "--threads=50",
            "--pool=4",
            "--stock=1000",
            "--duration=10m",
            "--timeout=" + timeout,
            "--format=json",
            "--out=" + folder.resolve("runs")));
  }

  private static int awaitSoldOut(TicketSimProcess sim) throws Exception {
    var port = sim.awaitRedis();
    var redis = RedisServer.at("redis://127.0.0.1:" + port);
    Await.until(
        "all is sold", () -> redis.call("EXISTS", KEY).equals(1L) && redis.counter(KEY) < -100);
    return port;
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void aSignalToTheLauncherAloneEndsTheStormWithItsVerdict(String signal) throws Exception {
    try (var sim = storm()) {
      var port = awaitSoldOut(sim);
      sim.signal(signal);
      assertThat(sim.awaitExit()).as(sim.err()).isEqualTo(ExitCode.INTERRUPTED.status());
      sim.awaitRedisGone(port);
      assertThat(sim.out()).contains("\"verdict\" : \"VALID\"");
      assertThat(Storms.latest(folder.resolve("runs")).attempts().size()).isGreaterThan(1_000);
      assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }
  }

  /** As {@code timeout} does, and who stops a service with all its processes. */
  @Test
  void aSignalToTheWholeGroupIsNoSecondOne() throws Exception {
    try (var sim = storm()) {
      awaitSoldOut(sim);
      for (var process : sim.family()) {
        TicketSimProcess.signal("TERM", process);
      }
      assertThat(sim.awaitExit()).isEqualTo(ExitCode.INTERRUPTED.status());
      assertThat(sim.out()).contains("\"verdict\" : \"VALID\"");
    }
  }

  @Test
  void theSecondInterruptEndsTheProcessAtOnce() throws Exception {
    // With a timeout of a day nothing but the second interrupt can end this.
    try (var sim = storm("24h")) {
      var port = awaitSoldOut(sim);
      sim.signalRedis("STOP");
      sim.signalUntilItEnds("INT");
      assertThat(sim.awaitExit()).isEqualTo(ExitCode.INTERRUPTED.status());
      sim.awaitRedisGone(port);
      assertThat(sim.out()).isEmpty();
    }
  }

  @Test
  void threadsOnSigquitAreNoResult() throws Exception {
    try (var sim = storm()) {
      awaitSoldOut(sim);
      sim.signal("QUIT");
      Await.until("the threads are on stderr", () -> sim.err().contains("Full thread dump"));
      sim.signal("TERM");
      assertThat(sim.awaitExit()).isEqualTo(ExitCode.INTERRUPTED.status());
      assertThat(sim.out()).startsWith("{").doesNotContain("Full thread dump");
    }
  }

  @Test
  void javaDoesNotOutliveAKilledLauncher() throws Exception {
    try (var sim = storm()) {
      var port = awaitSoldOut(sim);
      var family = sim.family();
      assertThat(family).hasSizeGreaterThan(1);
      sim.signal("KILL");
      sim.awaitExit();
      sim.awaitRedisGone(port);
      Await.until(
          "nobody is left",
          () -> family.stream().noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
    }
  }

  @Test
  void aKilledJavaIsNoVerdict() throws Exception {
    try (var sim = storm()) {
      awaitSoldOut(sim);
      var java = List.copyOf(sim.family()).stream().filter(LauncherIT::isJava).findFirst();
      TicketSimProcess.signal("KILL", java.orElseThrow());
      assertThat(sim.awaitExit()).isEqualTo(137);
      assertThat(sim.err().lines()).last().asString().contains("Java was killed (SIGKILL)");
    }
  }

  private static boolean isJava(long pid) {
    var command = ProcessHandle.of(pid).flatMap(process -> process.info().command());
    return command.orElse("").endsWith("/bin/java");
  }
}
