package io.github.ticketsim.cli;

import io.github.ticketsim.run.BuildVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = VersionCommand.NAME,
    description = "Says which ticket-sim this is, and which Java runs it.")
final class VersionCommand implements Callable<Integer>, IVersionProvider {
  static final String NAME = "version";

  @Spec private CommandSpec spec;

  static String line() {
    return "ticket-sim " + BuildVersion.number() + " (Java " + Runtime.version() + ")";
  }

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(line());
    return ExitCode.VALID.status();
  }
}
