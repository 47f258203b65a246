package io.github.ticketsim.cli;

import io.github.ticketsim.storm.StormClock;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command that saves runs, beside {@link OutputOptions}. */
final class ArchiveOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--gzip", description = "Save the history compressed, as history.ndjson.gz.")
  private boolean gzip;

  RunArchive archive(OutputOptions output) {
    var clock = StormClock.system().wall();
    return new RunArchive(output.out(), gzip, clock, command.commandLine().getErr());
  }
}
