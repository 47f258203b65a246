package io.github.ticketsim.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.verify.Check;
import io.github.ticketsim.verify.Judgement;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of a sale that is broken, what proves it stays on a screen of 80 columns and 24 lines. */
class ShortReportTest {
  private static final int COLUMNS = 80;
  private static final int LINES_WITHOUT_COMMAND_AND_PROMPT = 22;

  static List<Path> broken() throws IOException {
    try (var files = Files.list(Path.of("src/test/resources/histories"))) {
      var pairs = files.filter(file -> file.toString().endsWith("-bad.ndjson"));
      // All that there is to say of it fills the screen.
      var full = Path.of("src/test/resources/reports/four-broken.ndjson");
      return Stream.concat(pairs, Stream.of(full)).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("broken")
  void fitsOnAScreen(Path file) throws Exception {
    var report = RunReport.of(HistoryFile.read(file), Path.of("runs", "broken"));
    assertThat(report.verdict().result()).isEqualTo(Judgement.Result.INVALID);
    var text = new StringWriter();
    Format.SHORT.render(report, /* colour= */ false, new PrintWriter(text));

    assertThat(text.toString().lines())
        .hasSizeLessThanOrEqualTo(LINES_WITHOUT_COMMAND_AND_PROMPT)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
    var failed =
        report.verdict().checks().stream()
            .filter(check -> check.status() == Check.Status.FAIL)
            .toList();
    assertThat(text.toString())
        .startsWith("INVALID")
        .contains(
            failed.stream().map(check -> "  fail           " + check.name().words()).toList());
    assertThat(text.toString().split("likely cause: ", -1))
        .hasSizeGreaterThan(Math.min(report.verdict().causes().size(), 2));
    var shown = text.toString().lines().filter(line -> line.startsWith("      buyer ")).count();
    var attempts =
        failed.stream()
            .flatMap(check -> check.witness().stream())
            .mapToInt(witness -> witness.attempts().size())
            .sum();
    assertThat(shown > 0).isEqualTo(attempts > 0);
    if (text.toString().lines().count() < LINES_WITHOUT_COMMAND_AND_PROMPT) {
      assertThat(shown).as("attempts, as there is room").isEqualTo(attempts);
    }
  }
}
