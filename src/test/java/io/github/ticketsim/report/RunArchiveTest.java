package io.github.ticketsim.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.run.RunResult;
import io.github.ticketsim.selftest.Histories;
import io.github.ticketsim.verify.Judgement;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunArchiveTest {
  private final StringWriter err = new StringWriter();

  @TempDir private Path out;

  private FinishedRun save(String taken) throws IOException {
    var archive =
        new RunArchive(
            out,
            false,
            Optional.empty(),
            () -> Instant.EPOCH,
            line -> err.append(line).append("\n"));
    var folder = new RunFolder(Files.createDirectory(out.resolve("run")));
    if (!taken.isEmpty()) {
      Files.createDirectory(folder.path().resolve(taken));
    }
    var history = Histories.counter(1).sold(0, 2, 0).refused(1, 3, -1).left(-1).build();
    return archive.saveInFolder(RunResult.of(history), folder, List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {HistoryFile.NAME, RunFolder.REPORT_NAME})
  void whatCannotBeSavedIsJudgedAllTheSame(String taken) throws IOException {
    var run = save(taken);

    assertThat(run.saved()).isFalse();
    assertThat(run.report().saved()).isEmpty();
    assertThat(run.report().verdict().result()).isEqualTo(Judgement.Result.VALID);
    assertThat(err.toString().lines()).first(STRING).contains("cannot write into", out.toString());
    assertThat(err.toString().contains("the history alone is saved"))
        .isEqualTo(!taken.equals(HistoryFile.NAME));
    assertThat(out.resolve(RunFolder.LATEST)).doesNotExist();
    // The report is worth nothing beside a history that is missing.
    assertThat(out.resolve("run").resolve(RunFolder.REPORT_NAME))
        .satisfies(report -> assertThat(Files.isRegularFile(report)).isFalse());
  }

  @Test
  void latestLeadsToWhatWasSaved() throws IOException {
    assertThat(save("").saved()).isTrue();
    assertThat(out.resolve(RunFolder.LATEST).resolve(RunFolder.REPORT_NAME)).isRegularFile();
    assertThat(err.toString()).isEmpty();
  }
}
