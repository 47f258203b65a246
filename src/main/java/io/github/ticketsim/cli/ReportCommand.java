package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.HistoryFormatException;
import io.github.ticketsim.process.Stderr;
import io.github.ticketsim.report.RunFolder;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.report.SavedRun;
import io.github.ticketsim.report.WitnessFile;
import io.github.ticketsim.report.file.FileUnavailableException;
import io.github.ticketsim.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    description = "Judges a saved run again, without Redis, and shows it. Exits with its verdict.")
final class ReportCommand implements Callable<Integer> {

  private static final String STDIN = "-";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RUN",
      arity = "0..*",
      description = {
        "A run's folder, or a history.ndjson, plain or gzip'd, - for that on stdin; or a",
        "database of --records, jdbc:...?run=ID, without run=ID its latest.",
        "Several are the parts of one storm, and are judged as one.",
        "Default: the latest run under --out"
      })
  private List<Path> runs = List.of();

  @Option(
      names = "--witness",
      paramLabel = "FILE",
      description = {
        "Write the smallest part of an INVALID run that still proves it to FILE, replacing it:",
        "a history that `report` finds INVALID too; of at most 20 attempts if purchases take one",
        "ticket of one stock."
      })
  private @Nullable Path witness;

  @Mixin private OutputOptions output;
  @Mixin private FileOptions files;
  @Mixin private LimitOptions limits;

  @Override
  public Integer call() throws FileUnavailableException, HistoryFormatException {
    files.require();
    var saved = saved();
    if (witness != null) {
      requireOther("--witness", witness, saved);
    }
    for (var each : files.places().entrySet()) {
      requireOther(each.getKey().option(), each.getValue(), saved);
    }
    var report = RunReport.of(RunResult.of(saved.history()), saved.place(), limits.limits());
    output.format().print(report, spec);
    var err = spec.commandLine().getErr();
    LimitOptions.tell(report, err);
    var written = files.write(List.of(report));
    if (witness != null) {
      written &= new WitnessFile(witness, problem -> Stderr.say(err, problem)).save(report);
    }
    return (written ? ExitCode.of(report) : ExitCode.UNAVAILABLE).status();
  }

  private SavedRun saved() throws HistoryFormatException {
    var given = given();
    try {
      if (runs.size() > 1) {
        return GivenRun.parts(runs);
      }
      return STDIN.equals(given)
          ? SavedRun.in(System.in)
          : runs.isEmpty() ? latest() : GivenRun.read(given);
    } catch (IOException e) {
      throw new UsageException("RUN: stdin cannot be read: " + e.getMessage(), e);
    }
  }

  private SavedRun latest() throws HistoryFormatException {
    var latest = output.out().resolve(RunFolder.LATEST);
    if (!Files.exists(latest)) {
      throw new UsageException(
          "RUN: there is no run in '%s' yet; run `ticket-sim storm` first, or name a run"
              .formatted(output.out()));
    }
    return GivenRun.read(latest.toString());
  }

  /** RUN as it was typed. It is a path for completion; as one, a URL would lose its slashes. */
  private String given() {
    var positional = spec.commandLine().getParseResult().matchedPositional(0);
    return positional == null ? "" : positional.originalStringValues().getFirst();
  }

  /** Nothing that is made of a history may take its place. */
  private static void requireOther(String option, Path file, SavedRun saved) {
    try {
      if (saved.isIn(file)) {
        throw new UsageException(
            "%s: '%s' is the history itself; choose another file".formatted(option, file));
      }
    } catch (IOException e) {
      throw new UsageException("%s: '%s' cannot be read: %s".formatted(option, file, e), e);
    }
  }
}
