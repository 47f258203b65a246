package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.sql.RecordsUrl;
import io.github.ticketsim.process.Stderr;
import io.github.ticketsim.report.RunArchive;
import io.github.ticketsim.storm.StormClock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command that saves runs, beside {@link OutputOptions}. */
final class ArchiveOptions {

  static final String RECORDS = "--records";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--gzip", description = "Save the history compressed, as history.ndjson.gz.")
  private boolean gzip;

  @Option(
      names = RECORDS,
      paramLabel = "URL",
      description = {
        "Keep the attempts in a database too: jdbc:sqlite:FILE, or"
            + " 'jdbc:postgresql://HOST/DATABASE?user=NAME&password=...'.",
        "What serve has acknowledged survives there, and serve carries on the sale from the same"
            + " key that it finds there."
      })
  private @Nullable RecordsUrl records;

  /** Whether runs are kept in a database too. */
  boolean records() {
    return records != null;
  }

  RunArchive archive(OutputOptions output) {
    var clock = StormClock.system().wall();
    return new RunArchive(
        output.out(),
        gzip,
        Optional.ofNullable(records),
        clock,
        problem -> Stderr.say(command.commandLine().getErr(), problem));
  }
}
