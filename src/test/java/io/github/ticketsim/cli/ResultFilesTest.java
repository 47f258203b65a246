package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options that write results into files; what stands in those is another matter. */
class ResultFilesTest {
  private static final Path RUN = Path.of("src/test/resources/reports/valid.ndjson");

  @TempDir private Path folder;

  @Test
  void eachOptionWritesItsFileAndChangesNothingElse() throws IOException {
    var plain = CommandRun.of("report", RUN.toString());
    var run =
        CommandRun.of(
            "report",
            RUN.toString(),
            "--html=" + folder.resolve("r.html"),
            "--junit=" + folder.resolve("r.xml"),
            "--summary=" + folder.resolve("r.md"),
            "--metrics=" + folder.resolve("r.prom"));
    assertThat(run).isEqualTo(plain);
    assertThat(folder.resolve("r.html")).content().startsWith("<!DOCTYPE html>");
    assertThat(folder.resolve("r.xml")).content().startsWith("<?xml").contains("<testsuite ");
    assertThat(folder.resolve("r.md")).content().startsWith("### ");
    assertThat(folder.resolve("r.prom")).content().endsWith("# EOF\n");
    try (var all = Files.list(folder)) {
      assertThat(all).hasSize(4);
    }
  }

  @Test
  void aSummaryGrowsAndOthersAreReplaced() throws IOException {
    var summary = Files.writeString(folder.resolve("r.md"), "before\n");
    var page = Files.writeString(folder.resolve("r.html"), "before");
    CommandRun.of("report", RUN.toString(), "--summary=" + summary, "--html=" + page);
    assertThat(summary).content().startsWith("before\n### ");
    assertThat(page).content().startsWith("<!DOCTYPE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--html", "--junit", "--summary", "--metrics"})
  void aFileThatCannotBeWrittenIsFoundOutBeforeTheStorm(String option) throws IOException {
    var file = Files.writeString(folder.resolve("file"), "");
    for (var place : List.of(folder, folder.resolve("nowhere").resolve("f"), file.resolve("f"))) {
      for (var command : List.of("storm", "serve", "report")) {
        // Nobody listens there: who asks Redis first says so.
        CommandRun.of(
                command.equals("report")
                    ? new String[] {command, "nowhere", option + "=" + place}
                    : new String[] {command, "--redis=redis://localhost:1", option + "=" + place})
            .assertRefusedWith(
                ExitCode.UNAVAILABLE, option + ": cannot write '" + place + "'", "choose a file");
      }
    }
  }

  @Test
  void twoOptionsDoNotShareAFile() {
    CommandRun.of(
            "report",
            RUN.toString(),
            "--html=" + folder.resolve("f"),
            "--junit=" + folder.resolve(".").resolve("f"))
        .assertRefusedWith(ExitCode.USAGE, "--html and --junit both name", "a file of its own");
  }

  @Test
  void noFileTakesThePlaceOfTheHistory() throws IOException {
    var history = Files.copy(RUN, folder.resolve("history.ndjson"));
    CommandRun.of("report", folder.toString(), "--html=" + history)
        .assertRefusedWith(ExitCode.USAGE, "--html", "is the history itself");
    assertThat(history).hasSameTextualContentAs(RUN);
  }
}
