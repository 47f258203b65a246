package io.github.ticketsim.metrics;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Many times in nanoseconds: their distribution to three digits, and the longest to the nanosecond.
 */
final class Times {
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final int TICKS_PER_HALF = 5;

  private final Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
  private long max;
  private @Nullable Percentiles percentiles;

  void add(long nanos) {
    histogram.recordValue(nanos);
    percentiles = null;
    max = Math.max(max, nanos);
  }

  void add(Times others) {
    histogram.add(others.histogram);
    percentiles = null;
    max = Math.max(max, others.max);
  }

  boolean isEmpty() {
    return histogram.getTotalCount() == 0;
  }

  /** Only the distribution. */
  Histogram histogram() {
    return histogram;
  }

  /** Each is the greatest time that has the same three digits, but none is beyond the longest. */
  Percentiles percentiles() {
    var known = percentiles;
    if (known == null) {
      known =
          new Percentiles(histogram.getTotalCount(), at(50), at(90), at(95), at(99), at(99.9), max);
      percentiles = known;
    }
    return known;
  }

  /**
   * The distribution in points that lie the denser the nearer they are to 100; the last stands for
   * the longest time.
   */
  List<PercentilePoint> curve() {
    var points = new ArrayList<PercentilePoint>();
    for (var value : histogram.percentiles(TICKS_PER_HALF)) {
      points.add(
          new PercentilePoint(
              value.getPercentileLevelIteratedTo(), Math.min(max, value.getValueIteratedTo())));
    }
    return List.copyOf(points);
  }

  private long at(double percent) {
    return Math.min(max, histogram.getValueAtPercentile(percent));
  }
}
