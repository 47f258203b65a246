package io.github.ticketsim.cli;

import io.github.ticketsim.report.RunList;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "runs",
    description = "Lists the runs that are saved, the newest first, as they were judged then.")
final class RunsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "ticket-sim-runs",
      description = "The folder of saved runs. Default: ${DEFAULT-VALUE}")
  private Path out;

  @Override
  public Integer call() {
    RunList runs;
    try {
      runs = RunList.in(out);
    } catch (NoSuchFileException _) {
      runs = new RunList(List.of());
    } catch (IOException e) {
      throw new UsageException("--out: '%s' cannot be read: %s".formatted(out, e), e);
    }
    if (runs.folders().isEmpty()) {
      throw new UsageException(
          "--out: there is no run in '%s' yet; run `ticket-sim storm` first, or name another folder"
              .formatted(out));
    }
    var writer = spec.commandLine().getOut();
    runs.print(writer);
    writer.flush();
    return ExitCode.VALID.status();
  }
}
