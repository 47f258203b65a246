package io.github.ticketsim.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.run.RunResult;
import io.github.ticketsim.selftest.Histories;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TextComparisonTest {

  /** Two attempts, two replies. */
  private static RunReport run(OptionalLong commands) {
    var history = Histories.counter(1).sold(0, 100, 0).refused(0, 200, -1).left(-1).build();
    return RunReport.of(
        RunResult.of(history).withCommands(commands), Path.of("runs", "one").toString(), List.of());
  }

  private static List<String> lines(Format format, List<RunReport> runs) {
    var text = new StringWriter();
    format.render(new Comparison(runs), new PrintWriter(text));
    return text.toString().lines().toList();
  }

  @Test
  void tellsHowManyCommandsAnAttemptTook() {
    assertThat(lines(Format.TEXT, List.of(run(OptionalLong.of(3)))).get(1)).contains(" 1.50 ");
  }

  @Test
  void saysNothingOfCommandsThatWereNotCounted() {
    for (var commands : List.of(OptionalLong.of(0), OptionalLong.of(1))) {
      assertThat(lines(Format.TEXT, List.of(run(commands))).get(1))
          .containsPattern(" - +0 +0$")
          .doesNotContain("0.00", "0.50");
    }
  }

  @Test
  void leavesOutTheCommandsOfServersThatCountNone() {
    var lines = lines(Format.TEXT, List.of(run(OptionalLong.empty())));
    assertThat(lines.get(0)).doesNotContain("cmds");
    assertThat(lines.get(1)).containsPattern("ns +0 +0$");
  }

  @Test
  void nineStrategiesFitOnOneScreen() {
    var lines = lines(Format.SHORT, Collections.nCopies(9, run(OptionalLong.of(2))));
    assertThat(lines).hasSizeLessThan(23).last().isEqualTo("saved  runs/one and 8 more beside it");
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void theWholeTextNamesEveryPlace() {
    assertThat(lines(Format.TEXT, Collections.nCopies(2, run(OptionalLong.empty()))))
        .endsWith("saved  runs/one", "saved  runs/one");
  }
}
