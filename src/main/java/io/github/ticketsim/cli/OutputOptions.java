package io.github.ticketsim.cli;

import io.github.ticketsim.report.Comparison;
import io.github.ticketsim.report.Format;
import io.github.ticketsim.report.RunReport;
import java.nio.file.Path;
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

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "How to show the report: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Format format;

  Path out() {
    return out;
  }

  void print(RunReport report, CommandSpec spec) {
    var writer = spec.commandLine().getOut();
    format.render(report, Terminal.colour(), writer);
    writer.flush();
  }

  void print(Comparison comparison, CommandSpec spec) {
    var writer = spec.commandLine().getOut();
    format.render(comparison, writer);
    writer.flush();
  }
}
