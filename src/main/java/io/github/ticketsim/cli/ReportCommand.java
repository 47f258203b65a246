package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.ledger.HistoryFormatException;
import io.github.ticketsim.report.RunFolder;
import io.github.ticketsim.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    description = "Judges a saved run again, without Redis, and shows it. Exits with its verdict.")
final class ReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = {
        "A run's folder, or a history.ndjson, plain or gzip'd.",
        "Default: the latest run under --out"
      })
  private @Nullable Path run;

  @Mixin private OutputOptions output;
  @Mixin private LimitOptions limits;

  @Override
  public Integer call() throws HistoryFormatException {
    var chosen = Optional.ofNullable(run).orElseGet(() -> output.out().resolve(RunFolder.LATEST));
    try {
      var place = chosen.toRealPath();
      var file = Files.isDirectory(place) ? place.resolve(HistoryFile.NAME) : place;
      var report = RunReport.of(HistoryFile.read(file), shown(chosen, place), limits.limits());
      output.print(report, spec);
      LimitOptions.tell(report, spec.commandLine().getErr());
      return LimitOptions.exitCode(report).status();
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), unreadable(chosen, e), e);
    }
  }

  /** The name {@code latest} means another run tomorrow; all else is shown as it was given. */
  private static Path shown(Path chosen, Path place) {
    return Files.isSymbolicLink(chosen) && Files.isDirectory(place)
        ? chosen.resolveSibling(place.getFileName())
        : chosen;
  }

  private String unreadable(Path chosen, IOException cause) {
    var missing = cause instanceof NoSuchFileException;
    if (missing && run == null) {
      return "RUN: there is no run in '%s' yet; run `ticket-sim storm` first, or name a run"
          .formatted(output.out());
    }
    return missing
        ? "RUN: '%s' does not exist or holds no %s".formatted(chosen, HistoryFile.NAME)
        : "RUN: '%s' cannot be read: %s".formatted(chosen, cause.getMessage());
  }
}
