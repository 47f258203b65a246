package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.HistoryFormatException;
import io.github.ticketsim.metrics.Regression;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.report.SideBySide;
import io.github.ticketsim.run.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "compare",
    description =
        "Judges saved runs again and sets them side by side. Exits with the worst verdict.")
final class CompareCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RUN",
      arity = "2..*",
      description = {
        "Runs as `report` takes them, but for stdin. The first is what the others are held against."
      })
  private List<String> runs = List.of();

  @Option(
      names = "--fail-if",
      paramLabel = "LIMIT",
      description =
          "Exit with 5 if that is true of any run but the first, and all are valid: a limit as"
              + " `report` takes it, whose bound may be in percent of the first run's figure, such"
              + " as 'p99>110%%' or 'throughput<95%%'. failed and indeterminate are percent of all"
              + " attempts, as ever. May be repeated.")
  private List<Regression> limits = List.of();

  @Mixin private FormatOption format;

  @Override
  public Integer call() throws HistoryFormatException {
    var reports = new ArrayList<RunReport>();
    for (var run : runs) {
      var saved = GivenRun.read(run);
      reports.add(RunReport.of(RunResult.of(saved.history()), saved.place(), List.of()));
    }
    var sides = new SideBySide(reports).held(limits);
    format.print(sides, spec);
    var err = spec.commandLine().getErr();
    sides.runs().forEach(run -> LimitOptions.tell(run, err));
    return ExitCode.worst(sides.runs().stream().map(ExitCode::of).toList()).status();
  }
}
