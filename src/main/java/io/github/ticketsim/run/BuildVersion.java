package io.github.ticketsim.run;

import java.util.Optional;

/** The version of ticket-sim, from the jar's manifest. */
public final class BuildVersion {

  private BuildVersion() {}

  /** The version alone; {@code development} if the classes come from no jar. */
  public static String number() {
    return Optional.ofNullable(BuildVersion.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
