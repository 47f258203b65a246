package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.ledger.HistoryFormatException;
import io.github.ticketsim.report.RunReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class FormatOptionTest {

  @Command
  private static final class Shown {
    @Mixin private FormatOption format;
  }

  private static List<String> show(String run, boolean terminal, String... options)
      throws IOException, HistoryFormatException {
    var shown = new Shown();
    new CommandLine(shown).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(options);
    var history = HistoryFile.read(Path.of("src/test/resources/reports", run + ".ndjson"));
    var text = new StringWriter();
    var report = RunReport.of(history, Path.of("runs", run));
    shown.format.print(report, terminal, false, new PrintWriter(text));
    return text.toString().lines().toList();
  }

  @Test
  void aTerminalGetsTheShortReportAndAProgramAll() throws Exception {
    assertThat(show("valid", true)).isEqualTo(show("valid", false, "--format=short"));
    assertThat(show("valid", false)).isEqualTo(show("valid", false, "--format=text"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"valid", "unknown", "faults", "unexercised"})
  void onATerminalTheAnswerIsOnTheFirstScreenOrOnTheLast(String run) throws Exception {
    for (var options : List.of(new String[0], new String[] {"--format=text"})) {
      var lines = show(run, true, options);
      if (lines.size() > 22) {
        assertThat(lines).last().isEqualTo(lines.getFirst());
      }
    }
    assertThat(show(run, true, "--format=text").size()).isGreaterThan(22);
  }

  @Test
  void anAnswerOfTwoLinesIsRepeatedWhole() throws Exception {
    var lines = show("invalid", true, "--format=text");
    assertThat(lines.subList(lines.size() - 2, lines.size())).isEqualTo(lines.subList(0, 2));
  }

  @Test
  void aProgramGetsNoAnswerTwice() throws Exception {
    assertThat(show("invalid", false)).filteredOn(line -> line.startsWith("INVALID")).hasSize(1);
    assertThat(show("invalid", true, "--format=json"))
        .isEqualTo(show("invalid", false, "--format=json"));
  }
}
