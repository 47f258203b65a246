package io.github.ticketsim.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * A figure of a run, and how much it varied within the run.
 *
 * <p>The run is cut into {@value #SLICES} slices of equal time, and the figure is taken of each.
 * The noise is half the width of the interval that holds the mean of such slices with 95 %, if they
 * were independent. It says nothing about what differs from run to run, such as the machine.
 *
 * @param word for it, as in limits
 * @param unit of the value
 * @param value of the whole run; empty if it has none
 * @param noise as a share of the mean of the slices; empty if some slice has no such figure
 */
public record Figure(String word, Unit unit, OptionalDouble value, OptionalDouble noise) {
  private static final int SLICES = 10;

  /** Of Student's distribution with one degree of freedom less than there are slices. */
  private static final double QUANTILE = 2.262;

  /** Throughput, and percentiles of the time of the attempts with a reply. */
  public static List<Figure> of(Measurements measurements) {
    var slices = measurements.slices(SLICES);
    var figures = new ArrayList<Figure>();
    var throughput = measurements.throughput();
    figures.add(
        new Figure(
            "throughput",
            Unit.PER_SECOND,
            throughput > 0 ? OptionalDouble.of(throughput) : OptionalDouble.empty(),
            noise(slices.stream().map(each -> Optional.of(each.throughput())).toList())));
    figures.add(time("p50", measurements, slices, times -> (double) times.p50()));
    figures.add(time("p90", measurements, slices, times -> (double) times.p90()));
    figures.add(time("p99", measurements, slices, times -> (double) times.p99()));
    figures.add(time("p99.9", measurements, slices, times -> (double) times.p999()));
    figures.add(time("max", measurements, slices, times -> (double) times.max()));
    return List.copyOf(figures);
  }

  private static Figure time(
      String word,
      Measurements measurements,
      List<Window> slices,
      ToDoubleFunction<Percentiles> statistic) {
    return new Figure(
        word,
        Unit.NANOSECONDS,
        measurements
            .total()
            .map(times -> OptionalDouble.of(statistic.applyAsDouble(times)))
            .orElse(OptionalDouble.empty()),
        noise(slices.stream().map(slice -> slice.times().map(statistic::applyAsDouble)).toList()));
  }

  private static OptionalDouble noise(List<Optional<Double>> slices) {
    if (slices.size() < SLICES || slices.stream().anyMatch(Optional::isEmpty)) {
      return OptionalDouble.empty();
    }
    var values = slices.stream().mapToDouble(Optional::orElseThrow).toArray();
    var mean = 0.0;
    for (var value : values) {
      mean += value / values.length;
    }
    var squares = 0.0;
    for (var value : values) {
      squares += (value - mean) * (value - mean);
    }
    var deviation = Math.sqrt(squares / (values.length - 1));
    return mean <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(QUANTILE * deviation / Math.sqrt(values.length) / mean);
  }
}
