package io.github.ticketsim.cli;

import io.github.ticketsim.report.Comparison;
import io.github.ticketsim.report.RunReport;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of every command that shows a report. */
final class OutputOptions {

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "ticket-sim-runs",
      description = "The folder of saved runs. Default: ${DEFAULT-VALUE}")
  private Path out;

  @Mixin private FormatOption format;

  Path out() {
    return out;
  }

  void print(RunReport report, CommandSpec spec) {
    format.print(report, spec);
  }

  void print(Comparison comparison, CommandSpec spec) {
    format.print(comparison, spec);
  }
}
