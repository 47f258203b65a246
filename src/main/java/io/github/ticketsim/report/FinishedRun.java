package io.github.ticketsim.report;

import io.github.ticketsim.stock.Outcome;

/**
 * A storm or a service that is over.
 *
 * @param saved whether all of it could be written to its folder, and to the database if one is
 *     asked for
 */
public record FinishedRun(RunReport report, boolean saved) {

  /** The same of a run that is not saved whole. */
  public FinishedRun unsaved() {
    return new FinishedRun(report, false);
  }

  /** Whether any attempt may have been executed. */
  public boolean anyExecuted() {
    var attempts = report.history().attempts().size();
    return attempts == 0 || report.count(Outcome.Kind.FAILED) < attempts;
  }
}
