package io.github.ticketsim.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version, from the jar's manifest. */
final class Version implements IVersionProvider {

  /** The version alone; {@code development} where the classes come from no jar. */
  static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"ticket-sim " + number() + " (Java " + Runtime.version() + ")"};
  }
}
