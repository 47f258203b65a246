package io.github.ticketsim.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = VersionCommand.NAME,
    description = "Says which ticket-sim this is, and which Java runs it.")
final class VersionCommand implements Callable<Integer> {
  static final String NAME = "version";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(Version.line());
    return ExitCode.VALID.status();
  }
}
