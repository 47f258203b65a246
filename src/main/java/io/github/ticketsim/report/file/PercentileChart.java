package io.github.ticketsim.report.file;

import static io.github.ticketsim.report.file.Html.time;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.metrics.Measurements;
import io.github.ticketsim.metrics.PercentilePoint;
import io.github.ticketsim.metrics.Phase;
import io.github.ticketsim.report.file.Chart.Frame;
import io.github.ticketsim.report.file.Chart.Tick;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The times of replies by percentile. From 90 to 99 % it is as far as from 99 to 99.9 %, as plots
 * of HdrHistogram are read.
 */
final class PercentileChart {
  /** The few that are below have no part in the scale. */
  private static final double LEAST_PERCENTILE = 10;

  private final Markup out;
  private final Map<Phase, List<PercentilePoint>> curves = new LinkedHashMap<>();

  /** The exponent of one in how many the longest time is. */
  private double nines = 1;

  PercentileChart(Markup out, Measurements measurements) {
    this.out = out;
    for (var phase : Phase.values()) {
      var times = measurements.replies(phase);
      if (times.isPresent()) {
        curves.put(phase, measurements.distribution(phase));
        nines = Math.max(nines, Math.log10((double) times.get().count()));
      }
    }
  }

  private static Palette colour(Phase phase) {
    return switch (phase) {
      case POOL_WAIT -> Palette.LONGEST;
      case ROUND_TRIP -> Palette.P50;
      case TOTAL, RESPONSE -> Palette.P99;
    };
  }

  void write() {
    if (curves.isEmpty()) {
      return;
    }
    out.leaf("h3", "Times of replies by percentile");
    Html.legend(
        out,
        curves.keySet().stream()
            .map(phase -> List.of(colour(phase).word(), phase.words()))
            .toList());
    var least =
        curves.values().stream()
            .flatMap(List::stream)
            .filter(point -> point.percentile() >= LEAST_PERCENTILE)
            .mapToLong(PercentilePoint::nanos)
            .min()
            .orElse(1);
    var greatest =
        curves.values().stream().mapToLong(curve -> curve.getLast().nanos()).max().orElse(1);
    var scale = Decades.of(least, greatest);
    new Chart(out)
        .draw(
            new Frame(
                words(
                    "Times of replies by percentile, from %s to %s; the table below has the"
                        + " figures",
                    time(least), time(greatest)),
                scale.ticks(),
                percents()),
            () -> curves.forEach((phase, curve) -> curve(colour(phase), curve, scale)),
            () -> {});
  }

  private List<Tick> percents() {
    var ticks = new ArrayList<Tick>();
    ticks.add(new Tick(0, "0 %"));
    for (var each = 1; each <= nines + 0.01; each++) {
      ticks.add(
          new Tick(
              each / nines,
              each == 1 ? "90 %" : "99" + (each > 2 ? "." + "9".repeat(each - 2) : "") + " %"));
    }
    return ticks;
  }

  private void curve(Palette colour, List<PercentilePoint> points, Decades scale) {
    var path = new StringBuilder();
    for (var point : points) {
      var beyond = 1 - point.percentile() / 100;
      var x = beyond <= 0 ? 1 : Math.min(1, -Math.log10(beyond) / nines);
      path.append(path.isEmpty() ? 'M' : 'L').append(Chart.point(x, scale.at(point.nanos())));
    }
    out.empty("path", "class", "curve " + colour.word(), "d", path.toString());
  }
}
