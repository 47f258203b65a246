package io.github.ticketsim.report;

import io.github.ticketsim.run.Warning;
import io.github.ticketsim.stock.Outcome;
import java.util.Optional;

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

  /** Why every attempt failed, if every one did: a comparison and JSON show no reason. */
  public Optional<String> whyAllFailed() {
    var attempts = report.history().attempts().size();
    return attempts == 0 || report.count(Outcome.Kind.FAILED) < attempts
        ? Optional.empty()
        : report.warnings().stream()
            .filter(warning -> warning.code() == Warning.Code.FAILED_ATTEMPTS)
            .map(
                warning ->
                    "strategy "
                        + report.history().run().strategy()
                        + (attempts == 1 ? ": " : ": all ")
                        + warning.text())
            .findFirst();
  }
}
