package io.github.ticketsim.cli;

import io.github.ticketsim.process.Terminal;
import io.github.ticketsim.report.Comparison;
import io.github.ticketsim.report.Format;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.report.SelftestReport;
import io.github.ticketsim.report.SideBySide;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The option that says how results are shown, and the showing. */
final class FormatOption {

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "How to show the result: ${COMPLETION-CANDIDATES}. Default: short on a terminal, one"
              + " screen; else text, which is everything")
  private @Nullable Format format;

  void print(RunReport report, CommandSpec spec) {
    var writer = spec.commandLine().getOut();
    print(report, Terminal.showsResults(), Terminal.colour(), writer);
    writer.flush();
  }

  void print(RunReport report, boolean terminal, boolean colour, PrintWriter out) {
    if (report.ofPart()) {
      chosen(terminal).renderPart(report, out);
    } else if (terminal) {
      chosen(terminal).renderOnTerminal(report, colour, out);
    } else {
      chosen(terminal).render(report, colour, out);
    }
  }

  void print(Comparison comparison, CommandSpec spec) {
    var writer = spec.commandLine().getOut();
    chosen(Terminal.showsResults()).render(comparison, writer);
    writer.flush();
  }

  void print(SideBySide runs, CommandSpec spec) {
    var writer = spec.commandLine().getOut();
    chosen(Terminal.showsResults()).render(runs, writer);
    writer.flush();
  }

  void print(SelftestReport report, CommandSpec spec) {
    var writer = spec.commandLine().getOut();
    chosen(Terminal.showsResults()).render(report, Terminal.colour(), writer);
    writer.flush();
  }

  /** The one that was asked for, or else what suits the reader. */
  private Format chosen(boolean terminal) {
    return Objects.requireNonNullElse(format, terminal ? Format.SHORT : Format.TEXT);
  }
}
