package io.github.ticketsim.report;

import io.github.ticketsim.metrics.Regression;
import java.util.List;
import java.util.stream.Stream;

/**
 * Saved runs beside each other.
 *
 * @param runs at least two; the first is what the others are held against
 */
public record SideBySide(List<RunReport> runs) {

  /** Holds all but the first run against {@code limits}. */
  public SideBySide held(List<Regression> limits) {
    var first = runs.getFirst();
    return new SideBySide(
        Stream.concat(Stream.of(first), runs.stream().skip(1).map(run -> held(run, first, limits)))
            .toList());
  }

  private static RunReport held(RunReport run, RunReport first, List<Regression> limits) {
    return new RunReport(
        run.result(),
        limits.stream().map(limit -> limit.on(run.measurements(), first.measurements())).toList(),
        run.saved());
  }
}
