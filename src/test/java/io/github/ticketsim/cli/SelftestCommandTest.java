package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.selftest.FaultyJudge;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.verify.Check.Name;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** The half of the self-test that needs no Redis. */
class SelftestCommandTest {

  @Test
  void theVerifierPasses() {
    var run = CommandRun.of("selftest", "--judge-only", "--seed=7");

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.outLines().getFirst()).startsWith("PASSED: ").contains(" 0 storms ");
    assertThat(run.out())
        .contains("seed 7 ", "  pass  dropped receipt ")
        .doesNotContain("FAIL", "storms on the bundled Redis");
  }

  @Test
  void noLineIsWiderThanATerminal() {
    for (var format : List.of("text", "short")) {
      assertThat(CommandRun.of("selftest", "--judge-only", "--format=" + format).outLines())
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }
  }

  @Test
  void theShortMatrixFitsOnOneScreen() {
    var run = CommandRun.of("selftest", "--judge-only", "--seed=7", "--format=short");

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.outLines()).hasSizeLessThan(24).first().asString().startsWith("PASSED: ");
    assertThat(run.out()).contains("seed 7", "  pass  must be INVALID: ");
  }

  @Test
  void theShortMatrixShowsEachLineThatFails() {
    var run =
        of(
            new SelftestCommand(FaultyJudge.without(Name.DUPLICATE_TICKET), RedisStrategy::sound),
            "--judge-only",
            "--format=short");

    run.assertQuiet(ExitCode.INVALID);
    assertThat(run.out()).startsWith("FAILED: ").contains("  FAIL  ", ": expected ");
  }

  @Test
  void oneSeedGivesOneMatrix() {
    assertThat(CommandRun.of("selftest", "--judge-only", "--seed=-3"))
        .isEqualTo(CommandRun.of("selftest", "--judge-only", "--seed=-3"));
  }

  @Test
  void withoutASeedItTakesOneAndSaysWhich() {
    var run = CommandRun.of("selftest", "--judge-only");

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.out()).containsPattern("seed [0-9]+ ");
  }

  @Test
  void programsGetTheSameAsJson() {
    var run = CommandRun.of("selftest", "--judge-only", "--seed=7", "--format=json");

    run.assertQuiet(ExitCode.VALID);
    var matrix = JsonMapper.shared().readTree(run.out());
    assertThat(matrix.get("passed").booleanValue()).isTrue();
    assertThat(matrix.get("complete").booleanValue()).isTrue();
    assertThat(matrix.get("seed").longValue()).isEqualTo(7);
    assertThat(matrix.get("storms").size()).isZero();
    var line = matrix.get("judge").get(0);
    assertThat(line.get("kind").stringValue()).isEqualTo("a calm sale");
    assertThat(line.get("expected").stringValue()).isEqualTo("valid");
    assertThat(line.get("passed").booleanValue()).isTrue();
    assertThat(line.get("models").get("tally").get("right"))
        .isEqualTo(line.get("models").get("tally").get("tried"));
  }

  @Test
  void aVerifierWithoutOneOfItsChecksFails() {
    var run =
        of(
            new SelftestCommand(FaultyJudge.without(Name.DUPLICATE_TICKET), RedisStrategy::sound),
            "--judge-only");

    run.assertQuiet(ExitCode.INVALID);
    assertThat(run.out()).startsWith("FAILED: ").contains("  FAIL  ", ": expected ");
  }

  /** Executes a command that is not the one of users. */
  static CommandRun of(SelftestCommand command, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var status =
        new CommandLine(command)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new CommandRun(status, out.toString(), err.toString());
  }
}
