package io.github.ticketsim.cli;

import io.github.ticketsim.run.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/** The version, from the jar's manifest. */
final class Version implements IVersionProvider {

  /** Which ticket-sim this is, and which Java runs it. */
  static String line() {
    return "ticket-sim " + BuildVersion.number() + " (Java " + Runtime.version() + ")";
  }

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }
}
