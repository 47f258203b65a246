package io.github.ticketsim.report;

import static io.github.ticketsim.report.RunReport.words;

import io.github.ticketsim.metrics.Limit;

/** How a run stands to a limit, in words. */
final class LimitText {

  private LimitText() {}

  /** The figure, and where it lies beyond the bound, by how much. */
  static String of(Limit.Result result) {
    if (result.measured().isEmpty()) {
      return "not measured";
    }
    var measured = figure(result, result.measured().getAsDouble());
    return result.missed()
        ? measured
            + ", "
            + figure(result, result.excess())
            + (result.limit().above() ? " too much" : " too little")
        : measured;
  }

  private static String figure(Limit.Result result, double value) {
    return switch (result.limit().metric().unit()) {
      case NANOSECONDS -> TextReport.time(Math.round(value));
      case PER_SECOND -> words("%,.0f a second", value);
      case PERCENT -> words("%.2f %%", value);
    };
  }
}
