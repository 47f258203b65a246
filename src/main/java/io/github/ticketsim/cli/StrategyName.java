package io.github.ticketsim.cli;

import java.util.Locale;

/** The strategies by the names that users type. */
enum StrategyName {
  DECR;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
