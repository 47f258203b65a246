package io.github.ticketsim.cli;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
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

  FormatOption format() {
    return format;
  }
}
