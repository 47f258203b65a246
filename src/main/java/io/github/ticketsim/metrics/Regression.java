package io.github.ticketsim.metrics;

import java.util.OptionalDouble;

/**
 * What a figure of a run must not be beside that of another run, such as {@code p99>110%}: a {@link
 * Limit} whose bound is in percent of the other's figure. Any other bound, and any on a figure that
 * is a percentage itself, is meant as it stands.
 *
 * @param stated with its bound as it was stated
 * @param relative whether that is in percent of the other's figure
 */
public record Regression(Limit stated, boolean relative) {

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException saying what is wrong and what is accepted
   */
  public static Regression parse(String text) {
    var percent = text.strip().endsWith("%");
    var stated = Limit.parse(text, unit -> percent ? Unit.PERCENT : unit);
    return new Regression(stated, percent && stated.metric().unit() != Unit.PERCENT);
  }

  /** Holds {@code figures} against this; without a figure of {@code first} that is missed. */
  public LimitResult on(Measurements figures, Measurements first) {
    if (!relative) {
      return stated.on(figures);
    }
    var metric = stated.metric();
    var basis = metric.figure().apply(first);
    if (basis.isEmpty()) {
      return new LimitResult(stated, OptionalDouble.empty());
    }
    return new Limit(
            stated.text(),
            metric,
            stated.above(),
            stated.inclusive(),
            basis.getAsDouble() * stated.bound() / 100)
        .on(figures);
  }
}
