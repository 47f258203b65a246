package io.github.ticketsim.metrics;

import io.github.ticketsim.stock.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What a figure of a run must not be, such as {@code p99>50ms} or {@code throughput<10k/s}: a
 * metric, {@code <}, {@code <=}, {@code >} or {@code >=}, and a bound with its unit.
 *
 * @param text as it was stated
 * @param metric which figure
 * @param above whether the run misses it above the bound, and not below
 * @param inclusive whether it misses it at the bound too
 * @param bound in the metric's unit
 */
public record Limit(String text, Metric metric, boolean above, boolean inclusive, double bound) {

  /**
   * A figure that can be limited.
   *
   * @param word for it
   * @param unit of it
   * @param figure empty where the run has none
   */
  public record Metric(String word, Unit unit, Function<Measurements, OptionalDouble> figure) {}

  private static final Pattern FORM =
      Pattern.compile(
          "\\s*([a-z_0-9.]+?)\\s*([<>])(=?)\\s*(%s)\\s*([a-zA-Z/%%]*)\\s*".formatted(Unit.NUMBER));

  private static final Map<String, Metric> METRICS = metrics();

  private static Map<String, Metric> metrics() {
    var all = new ArrayList<Metric>();
    all.addAll(times("", Measurements::total));
    all.addAll(times("pool_wait.", figures -> figures.replies(Phase.POOL_WAIT)));
    all.addAll(times("round_trip.", figures -> figures.replies(Phase.ROUND_TRIP)));
    all.add(
        new Metric(
            "throughput",
            Unit.PER_SECOND,
            figures ->
                figures.throughput() > 0
                    ? OptionalDouble.of(figures.throughput())
                    : OptionalDouble.empty()));
    all.add(new Metric("rate", Unit.PER_SECOND, figures -> figures.pace().sent()));
    for (var kind : List.of(Outcome.Kind.FAILED, Outcome.Kind.INDETERMINATE)) {
      all.add(new Metric(kind.wireName(), Unit.PERCENT, figures -> figures.percent(kind)));
    }
    var byWord = new LinkedHashMap<String, Metric>();
    all.forEach(metric -> byWord.put(metric.word(), metric));
    return byWord;
  }

  private static List<Metric> times(
      String prefix, Function<Measurements, Optional<Percentiles>> series) {
    return List.of(
        time(prefix + "p50", series, Percentiles::p50),
        time(prefix + "p90", series, Percentiles::p90),
        time(prefix + "p95", series, Percentiles::p95),
        time(prefix + "p99", series, Percentiles::p99),
        time(prefix + "p99.9", series, Percentiles::p999),
        time(prefix + "max", series, Percentiles::max));
  }

  private static Metric time(
      String word,
      Function<Measurements, Optional<Percentiles>> series,
      ToLongFunction<Percentiles> statistic) {
    return new Metric(
        word,
        Unit.NANOSECONDS,
        figures ->
            series
                .apply(figures)
                .map(times -> OptionalDouble.of((double) statistic.applyAsLong(times)))
                .orElse(OptionalDouble.empty()));
  }

  /** The words of all metrics. */
  public static List<String> words() {
    return List.copyOf(METRICS.keySet());
  }

  /**
   * Reads a limit.
   *
   * @throws IllegalArgumentException saying what is wrong and what is accepted
   */
  public static Limit parse(String text) {
    return parse(text, unit -> unit);
  }

  /** The same with a bound in the unit that {@code bounded} names for that of the metric. */
  static Limit parse(String text, UnaryOperator<Unit> bounded) {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no limit; write METRIC, <, <=, > or >=, and a bound, like p99>50ms or throughput<10k/s"
              .formatted(text));
    }
    var metric = METRICS.get(match.group(1));
    if (metric == null) {
      throw new IllegalArgumentException(
          "'%s' has no metric that is known, expected one of %s"
              .formatted(text, String.join(", ", METRICS.keySet())));
    }
    var unit = bounded.apply(metric.unit());
    var bound =
        unit.read(match.group(4) + match.group(5))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'%s': %s is limited by %s"
                            .formatted(text, metric.word(), unit.example())));
    return new Limit(
        text.strip(),
        metric,
        match.group(2).equals(">"),
        !match.group(3).isEmpty(),
        bound.doubleValue());
  }

  /** Holds {@code figures} against this. */
  public LimitResult on(Measurements figures) {
    return new LimitResult(this, metric.figure().apply(figures));
  }
}
