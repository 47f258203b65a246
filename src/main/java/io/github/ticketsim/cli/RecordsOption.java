package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.sql.RecordsUrl;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says in which database attempts are kept. */
final class RecordsOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--records",
      paramLabel = "URL",
      description = {
        "Keep the attempts in a database too: jdbc:sqlite:FILE, or",
        "jdbc:postgresql://HOST/DATABASE?user=NAME. What serve has acknowledged survives there,"
            + " and",
        "it carries on the sale from the same key that it finds there."
      })
  private @Nullable String records;

  /** The database that is asked for, or a usage error; empty where none is. */
  Optional<RecordsUrl> url() {
    return Optional.ofNullable(records).map(text -> parse(text, "--records", command));
  }

  /** Reads an address given as {@code name}, or says in a usage error what is wrong with it. */
  static RecordsUrl parse(String text, String name, CommandSpec command) {
    try {
      return RecordsUrl.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), name + ": " + e.getMessage(), e);
    }
  }
}
