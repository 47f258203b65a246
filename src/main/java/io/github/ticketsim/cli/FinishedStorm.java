package io.github.ticketsim.cli;

import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.stock.Outcome;
import java.util.OptionalLong;

/**
 * A storm that is over.
 *
 * @param saved whether all of it could be written to its folder
 * @param commands that Redis executed meanwhile, where it tells
 */
record FinishedStorm(RunReport report, boolean saved, OptionalLong commands) {

  FinishedStorm with(OptionalLong counted) {
    return new FinishedStorm(report, saved, counted);
  }

  /** Whether any attempt may have been executed. */
  boolean anyExecuted() {
    var attempts = report.history().attempts().size();
    return attempts == 0 || report.count(Outcome.Kind.FAILED) < attempts;
  }
}
