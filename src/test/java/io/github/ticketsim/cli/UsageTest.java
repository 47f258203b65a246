package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.stock.redis.RedisStrategy;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

class UsageTest {

  @TempDir private Path out;

  private CommandRun storm(String... options) {
    var arguments = new String[options.length + 3];
    arguments[0] = "storm";
    arguments[1] = "--out";
    arguments[2] = out.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    return CommandRun.of(arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "--threads, 0, expected 1 to 1000000",
    "--threads, 1000001, expected 1 to 1000000",
    "--purchases, 0, expected 1 to",
    "--pool, 0, expected 1 to 10000",
    "--pool, 10001, expected 1 to 10000",
    "--stock, -1, whole number from 0 up",
    "--stock, abc, whole number from 0 up",
    "--stock, 1.5, whole number from 0 up",
    "--stock, 9223372036854775808, whole number",
    "--duration, 10, write it like 500ms",
    "--duration, 0s, write it like 500ms",
    "--duration, 25h, 24h",
    "--timeout, 0ms, write it like 500ms",
    "--timeout, 2, write it like 500ms",
    "--rate, 0, expected 1 to 1000000",
    "--rate, 1000001, expected 1 to 1000000",
    "--rate, 10k/s, whole number from 0 up",
    "--ramp, 1, write it like 500ms",
    "--warm-up, 0s, write it like 500ms",
    "--arrivals, bursty, POISSON",
    "--fail-if, p98>1ms, p99.9",
    "--fail-if, p99>50, a time such as 50ms",
    "--fail-if, p99=50ms, p99>50ms",
    "--strategy, hope, decr-incr",
    "--format, yaml, TEXT",
    "--fault, kill@noon, 'drop-reply:P, reset:P, cut-request:P, delay:P:D, kill@T'",
    "--fault, drop-reply:0%, more than 0%",
    "--fault, kill@100%, below 100%",
    "--fault, kill@50%, pass --embedded",
    "--persistence, always, --embedded",
    "--persistence, monthly, EVERYSEC",
    "--wait-replicas, -1, whole number from 0 up",
    "--wait-replicas, 101, expected 0 to 100",
    "--seed, x, ''",
  })
  void namesTheOptionTheValueAndWhatItAccepts(String option, String value, String accepted) {
    storm(option, value).assertRefusedWith(ExitCode.USAGE, option, value, accepted);
  }

  @Test
  void refusesFaultsThatCannotWork() {
    storm("--embedded", "--fault=failover@1%", "--fault=power-loss@1%")
        .assertRefusedWith(ExitCode.USAGE, "--fault", "failover", "power-loss");
    storm("--embedded", "--wait-replicas=2")
        .assertRefusedWith(ExitCode.USAGE, "--wait-replicas", "expected 0 to 1 with --embedded");
    storm("--redis=rediss://localhost", "--fault=reset:1%")
        .assertRefusedWith(ExitCode.USAGE, "--fault", "TLS");
  }

  @Test
  void refusesSharedConnectionsForPurchasesOfMoreThanOneCommand() {
    storm("--pipeline", "--stock=1", "--strategy=decr,watch")
        .assertRefusedWith(ExitCode.USAGE, "--pipeline", "watch", "choose from decr, lua");
    storm("--pipeline", "--wait-replicas=1")
        .assertRefusedWith(ExitCode.USAGE, "--pipeline", "--wait-replicas");
    storm("--pipeline", "--pool=0")
        .assertRefusedWith(ExitCode.USAGE, "--pool", "expected 1 to 10000");
  }

  @Test
  void refusesAnUnknownOption() {
    storm("--treads", "5").assertRefusedWith(ExitCode.USAGE, "--treads", "--help");
  }

  @Test
  void refusesAnOptionWithoutItsValue() {
    storm("--threads").assertRefusedWith(ExitCode.USAGE, "--threads");
  }

  @Test
  void refusesAnUnknownCommand() {
    CommandRun.of("strom").assertRefusedWith(ExitCode.USAGE, "strom", "buy-storm", "preload");
  }

  @ParameterizedTest
  @CsvSource({
    "strom, storm",
    "stor, storm",
    "buy-strom, buy-storm",
    "prelaod, preload",
    "REPORT, report",
    "selftset, selftest",
    "self, selftest",
    "hlep, help",
  })
  void suggestsTheCommandThatWasMeant(String typed, String meant) {
    CommandRun.of(typed)
        .assertRefusedWith(ExitCode.USAGE, "'" + typed + "'", "; did you mean " + meant + "?");
  }

  @ParameterizedTest
  @CsvSource({
    "--treads, --threads",
    "--thread=5, --threads",
    "--dur, --duration",
    "--srtategy, --strategy",
    "-embedded, --embedded",
    "--formt, --format",
  })
  void suggestsTheOptionThatWasMeant(String typed, String meant) {
    storm(typed).assertRefusedWith(ExitCode.USAGE, typed, "; did you mean " + meant + "?");
  }

  @Test
  void suggestsNothingThatIsFarOff() {
    for (var run : List.of(CommandRun.of("x"), CommandRun.of("xyzzy"), storm("--xyzzy"))) {
      assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
      assertThat(run.err()).doesNotContain("did you mean");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"storm", "buy-storm"})
  void errorsOfAStormNameTheCommandAsTheManualDoes(String command) {
    CommandRun.of(command, "--threads=0")
        .assertRefusedWith(ExitCode.USAGE, "see `ticket-sim storm --help`");
  }

  @Test
  void withoutACommandItShowsThemAndFails() {
    var run = CommandRun.of();
    assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("Usage: ticket-sim ")
        .contains("  storm, buy-storm ", "  preload ", "  report ", "  redis ", "  help ");
  }

  @Test
  void helpIsACommandToo() {
    assertThat(CommandRun.of("help").out()).isEqualTo(CommandRun.of("--help").out());
    var run = CommandRun.of("help", "storm");
    run.assertQuiet(ExitCode.VALID);
    assertThat(run.out()).isEqualTo(CommandRun.of("storm", "--help").out());
    CommandRun.of("help", "strom").assertRefusedWith(ExitCode.USAGE, "strom");
  }

  @Test
  void versionIsACommandToo() {
    var run = CommandRun.of("version");
    run.assertQuiet(ExitCode.VALID);
    assertThat(run.out()).isEqualTo(CommandRun.of("--version").out());
  }

  @Test
  void helpOfAStormBeginsWithWhatEveryoneNeeds() {
    var help = CommandRun.of("storm", "--help").outLines();
    var headings = help.stream().filter(line -> line.matches("[A-Z].*:")).toList();
    assertThat(headings).hasSizeGreaterThan(5).first().isEqualTo("Options that everyone needs:");
    assertThat(help.getFirst()).isEqualTo("Usage: ticket-sim storm [OPTIONS]");
    assertThat(help.stream().limit(24).filter(line -> line.matches(" +--.*")).map(UsageTest::name))
        .startsWith("--redis", "--embedded", "--stock", "--threads", "--duration");
  }

  @ParameterizedTest
  @ValueSource(strings = {"storm", "serve", "report", "selftest"})
  void helpNamesEveryOptionOnce(String command) {
    var commandLine = TicketSim.commandLine(command).getSubcommands().values().iterator().next();
    var shown =
        CommandRun.of(command, "--help").outLines().stream()
            .filter(line -> line.matches(" {2,6}(-[a-zA-Z], )?--.*"))
            .map(UsageTest::name);
    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(
            commandLine.getCommandSpec().options().stream().map(OptionSpec::longestName).toList());
  }

  private static String name(String line) {
    return line.strip().replaceFirst("^-[a-zA-Z], ", "").replaceFirst("[ =].*", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"storm", "serve", "report", "selftest", "preload", "redis", "version"})
  void noLineOfHelpIsWiderThanATerminal(String command) {
    assertThat(CommandRun.of(command, "--help").outLines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void refusesAPreloadWithoutStock() {
    CommandRun.of("preload").assertRefusedWith(ExitCode.USAGE, "--stock");
  }

  @Test
  void refusesDurationTogetherWithPurchases() {
    storm("--duration", "1s", "--purchases", "2")
        .assertRefusedWith(ExitCode.USAGE, "--duration", "--purchases");
  }

  @ParameterizedTest
  @CsvSource({"--ramp, 1s", "--arrivals, constant"})
  void refusesWhatOnlyAnOpenLoadHasWithoutARate(String option, String value) {
    storm(option, value).assertRefusedWith(ExitCode.USAGE, option, "only with --rate");
  }

  @Test
  void refusesDurationTogetherWithPurchasesInAnOpenLoadToo() {
    storm("--rate=10", "--duration", "1s", "--purchases", "2")
        .assertRefusedWith(ExitCode.USAGE, "--duration", "--purchases");
  }

  @ParameterizedTest
  @CsvSource({"--duration=2s, 2s, 2 s", "--rate=10, 10s, 10 s", "--duration=1s, 1500ms, 1 s"})
  void refusesAWarmUpThatLeavesNothingToMeasure(String load, String warmUp, String duration) {
    storm(load, "--warm-up=" + warmUp)
        .assertRefusedWith(ExitCode.USAGE, "--warm-up", "leaves nothing", "--duration " + duration);
  }

  @ParameterizedTest
  @CsvSource({"--duration=10s, 1m, 60 s, 10 s", "--arrivals=constant, 10001ms, 10001 ms, 10 s"})
  void refusesARampThatWouldNeverReachTheRate(
      String load, String ramp, String told, String duration) {
    storm("--rate=10", load, "--ramp=" + ramp)
        .assertRefusedWith(
            ExitCode.USAGE, "--ramp: " + told, "--duration " + duration, "never be reached");
  }

  @Test
  void refusesAnOpenLoadThatTheHeapHasNoRoomFor() {
    storm("--rate=1M", "--duration=24h")
        .assertRefusedWith(ExitCode.USAGE, "--rate", "86400000000 attempts", "-Xmx");
  }

  @ParameterizedTest
  @ValueSource(strings = {"storm", "report"})
  void helpNamesEveryMetricThatCanBeLimited(String command) {
    var help = CommandRun.of(command, "--help").out();
    for (var word : Limit.words()) {
      for (var part : word.split("(?<=(pool_wait|round_trip)\\.)", -1)) {
        assertThat(help).containsPattern("\\b" + part.replace(".", "\\."));
      }
    }
  }

  @Test
  void refusesEmbeddedTogetherWithRedis() {
    storm("--embedded", "--redis", "redis://localhost")
        .assertRefusedWith(ExitCode.USAGE, "--embedded", "--redis");
  }

  @Test
  void refusesMoreAttemptsThanTheHeapHasRoomFor() {
    storm("--threads", "1M", "--purchases", "1000")
        .assertRefusedWith(ExitCode.USAGE, "--threads", "--purchases", "1000000000", "-Xmx");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost, does not begin with redis://",
    "localhost:6379, does not begin with redis://",
    "redis://localhost:abc, port",
    "redis://localhost:65536, port",
    "redis://localhost:0, port",
    "redis://localhost/shop, database",
    "redis://localhost/-1, database",
    "redis://, host",
    "redis:///0, host",
  })
  void refusesWhatIsNoRedisUri(String uri, String problem) {
    storm("--redis", uri).assertRefusedWith(ExitCode.USAGE, "--redis", problem, "redis://user");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://anna:s3cret@localhost",
        "redis://anna:s3cret@localhost:abc",
        "redis://anna:s3cret@localhost:99999",
        "redis://anna:s3cret@localhost/shop",
        "redis://anna:s3cret%@localhost",
        "redis://anna:12/s3cret@localhost",
      })
  void neverPrintsThePasswordOfABadUri(String uri) {
    var run = storm("--redis", uri);
    run.assertRefusedWith(ExitCode.USAGE, "--redis");
    assertThat(run.err()).doesNotContain("s3cret");
  }

  @Test
  void neverPrintsThePasswordBehindAMistypedOption() {
    var run = storm("--rediss", "redis://anna:s3cret@localhost");
    run.assertRefusedWith(ExitCode.USAGE, "--rediss");
    assertThat(run.err()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "http"})
  void refusesAPortThatIsNone(String port) {
    CommandRun.of("redis", "--port", port).assertRefusedWith(ExitCode.USAGE, "--port", port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"preload", "buy-storm", "storm", "report", "serve", "selftest", "redis"})
  void helpNamesTheExitCodesOfEveryCommand(String command) {
    var run = CommandRun.of(command, "--help");
    run.assertQuiet(ExitCode.VALID);
    assertThat(run.out()).contains("Exit codes:");
    for (var code : ExitCode.values()) {
      assertThat(run.out()).containsPattern("(?m)^ +" + code.status() + " +" + code.name() + ": ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "٣", "9223372036854775808"})
  void refusesASeedThatIsNoNumber(String seed) {
    CommandRun.of("selftest", "--judge-only", "--seed", seed)
        .assertRefusedWith(ExitCode.USAGE, "--seed", seed, "whole number");
  }

  @Test
  void printsItsVersion() {
    var run = CommandRun.of("--version");
    run.assertQuiet(ExitCode.VALID);
    assertThat(run.outLines()).singleElement().asString().startsWith("ticket-sim ");
  }

  @Test
  void helpTellsTheSoundStrategiesFromTheBrokenOnes() {
    var help = CommandRun.of("storm", "--help").out().replaceAll("\\s+", " ");
    assertThat(help)
        .contains("Sound: " + words(RedisStrategy::sound) + ".")
        .contains("Broken on purpose: " + words(strategy -> !strategy.sound()) + ".");
  }

  @ParameterizedTest
  @CsvSource({
    "--topology=ring, SENTINEL",
    "--nodes=3, --topology cluster",
    "--topology=cluster --nodes=2, 'expected 3 to 16'",
    "--topology=sentinel --fault=failover:force@1%, 'choose from failover@T, failover:kill@T'",
    "--topology=cluster --fault=kill@1%, --topology cluster",
    "--fault=failover:kill@1%, --topology single"
  })
  void privateTopologiesAndTheirFaultsMustFitTogether(String options, String words) {
    var given = Stream.concat(Stream.of("--embedded"), Stream.of(options.split(" ", -1)));
    storm(given.toArray(String[]::new)).assertRefusedWith(ExitCode.USAGE, words);
  }

  @Test
  void aTopologyNeedsARedisOfOurOwn() {
    storm("--topology=cluster")
        .assertRefusedWith(ExitCode.USAGE, "--topology cluster", "--embedded");
  }

  private static String words(Predicate<RedisStrategy> kind) {
    return Stream.of(RedisStrategy.values())
        .filter(kind)
        .map(RedisStrategy::wireName)
        .collect(Collectors.joining(", "));
  }
}
