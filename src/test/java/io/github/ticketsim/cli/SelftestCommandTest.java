package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.report.Format;
import io.github.ticketsim.report.SelftestReport;
import io.github.ticketsim.selftest.FaultyJudge;
import io.github.ticketsim.selftest.Selftest;
import io.github.ticketsim.selftest.SelftestProgress;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Verifier;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** The half of the self-test that needs no Redis. */
@TestInstance(Lifecycle.PER_CLASS)
class SelftestCommandTest {

  private static final long SEED = -3;

  private final SelftestReport report;

  /** Judging all histories takes long: what is shown is asked of one matrix. */
  SelftestCommandTest() throws InterruptedException {
    var whole = new SelftestProgress(1, () -> true);
    report = SelftestReport.of(new Selftest(Verifier::verify, SEED, List.of()).run(whole));
  }

  private String shown(Format format) {
    var out = new StringWriter();
    format.render(report, /* colour= */ false, new PrintWriter(out, true));
    return out.toString();
  }

  @Test
  void theVerifierPassesAndOneSeedGivesOneMatrix() {
    var run = CommandRun.of("selftest", "--judge-only", "--seed=" + SEED);

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.outLines().getFirst()).startsWith("PASSED: ").contains(" 0 storms ");
    assertThat(run.out())
        .contains("seed -3 ", "  pass  dropped receipt ")
        .doesNotContain("FAIL", "storms on the bundled Redis")
        .isEqualTo(shown(Format.TEXT));
  }

  @Test
  void noLineIsWiderThanATerminal() {
    for (var format : List.of(Format.TEXT, Format.SHORT)) {
      assertThat(shown(format).lines())
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }
  }

  @Test
  void theShortMatrixFitsOnOneScreen() {
    var shown = shown(Format.SHORT);

    assertThat(shown.lines()).hasSizeLessThan(24).first().asString().startsWith("PASSED: ");
    assertThat(shown).contains("seed -3", "  pass  must be INVALID: ");
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
  void withoutASeedItTakesOneAndSaysWhich() {
    var run = CommandRun.of("selftest", "--judge-only");

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.out()).containsPattern("seed [0-9]+ ");
  }

  @Test
  void programsGetTheSameAsJson() {
    var matrix = JsonMapper.shared().readTree(shown(Format.JSON));
    assertThat(matrix.get("passed").booleanValue()).isTrue();
    assertThat(matrix.get("complete").booleanValue()).isTrue();
    assertThat(matrix.get("seed").longValue()).isEqualTo(SEED);
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
