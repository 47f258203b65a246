package io.github.ticketsim.report.file;

import static io.github.ticketsim.report.file.Html.percent;
import static io.github.ticketsim.report.file.Html.time;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.metrics.Percentiles;
import io.github.ticketsim.metrics.Window;
import io.github.ticketsim.report.FaultGroup;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.report.file.Chart.Frame;
import io.github.ticketsim.report.file.Chart.Tick;
import io.github.ticketsim.stock.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/** What happened when: attempts a second by outcome, and latencies. */
final class TimeCharts {
  private static final int MOST_WINDOWS = 120;
  private static final int MOST_FAULTS = 10;
  private static final int MOST_PLACES = 400;
  private static final int FEW = 5;

  private final Markup out;
  private final RunReport report;
  private final List<Window> windows;
  private final long from;
  private final long to;

  private final List<FaultGroup> faults;

  TimeCharts(Markup out, RunReport report) {
    this.out = out;
    this.report = report;
    this.windows = report.measurements().windows(MOST_WINDOWS);
    this.from = windows.isEmpty() ? 0 : windows.getFirst().fromNanos();
    this.to = windows.isEmpty() ? 1 : windows.getLast().toNanos();
    this.faults =
        FaultGroup.of(report.history().faults()).stream()
            .filter(group -> !group.strikes().isEmpty())
            .limit(MOST_FAULTS)
            .toList();
  }

  void write() {
    if (windows.isEmpty()) {
      return;
    }
    throughput();
    latency();
    strikes();
    figures();
  }

  private void throughput() {
    out.leaf("h3", "Attempts a second");
    var kinds = report.outcomes().stream().filter(kind -> report.count(kind) > 0).toList();
    Html.legend(out, kinds.stream().map(kind -> List.of(Palette.of(kind), kind.words())).toList());
    var greatest = windows.stream().mapToDouble(TimeCharts::all).max().orElse(1);
    var most = greatest * 1.1;
    new Chart(out)
        .draw(
            new Frame(
                words(
                    "Attempts that ended, a second, by outcome; at most %,.0f a second", greatest),
                rates(most),
                moments()),
            () -> {
              var below = new double[windows.size()];
              for (var kind : kinds) {
                stacked(kind, below, most);
              }
            },
            this::struck);
  }

  private static double all(Window window) {
    return window.ended().keySet().stream().mapToDouble(window::perSecond).sum();
  }

  private static List<Tick> rates(double most) {
    var step = Math.pow(10, Math.floor(Math.log10(most)));
    var wide = most / step >= 5 ? 2 * step : most / step >= 2 ? step : step / 2;
    var ticks = new ArrayList<Tick>();
    for (var rate = 0.0; rate < most * 0.97; rate += wide) {
      ticks.add(
          new Tick(
              rate / most, words(wide < 1 ? "%,.1f" : "%,.0f", rate) + (rate == 0 ? "" : "/s")));
    }
    return ticks;
  }

  /** The time since the run began, at the begin, the middle and the end. */
  private List<Tick> moments() {
    return List.of(
        new Tick(0, from == 0 ? "0" : time(from)),
        new Tick(0.5, time(from + (to - from) / 2)),
        new Tick(1, time(to)));
  }

  private void stacked(Outcome.Kind kind, double[] below, double most) {
    var path = new StringBuilder();
    for (var i = 0; i < windows.size(); i++) {
      var rate = windows.get(i).perSecond(kind);
      if (rate > 0) {
        var left = x(windows.get(i).fromNanos());
        var right = x(windows.get(i).toNanos());
        path.append('M').append(Chart.point(left, below[i] / most));
        path.append('L').append(Chart.point(left, (below[i] + rate) / most));
        path.append('L').append(Chart.point(right, (below[i] + rate) / most));
        path.append('L').append(Chart.point(right, below[i] / most)).append('Z');
        below[i] += rate;
      }
    }
    out.empty("path", "class", "area " + Palette.of(kind), "d", path.toString());
  }

  private double x(long nanos) {
    return (nanos - from) / (double) (to - from);
  }

  private void latency() {
    var least = times(Percentiles::p50).min().orElse(0);
    var greatest = times(Percentiles::max).max().orElse(0);
    if (greatest == 0) {
      return;
    }
    out.leaf("h3", (report.measurements().open() ? "Response" : "Total") + " time of replies");
    Html.legend(
        out,
        List.of(
            List.of(Palette.P50.word(), "half are below (p50)"),
            List.of(Palette.P99.word(), "99 % are below (p99)"),
            List.of(Palette.LONGEST.word(), "longest")));
    var scale = Decades.of(least, greatest);
    new Chart(out)
        .draw(
            new Frame(
                words(
                    "Times of replies on a logarithmic scale, from %s to %s",
                    time(least), time(greatest)),
                scale.ticks(),
                moments()),
            () -> {
              curve(Palette.LONGEST, times -> scale.at(times.max()));
              curve(Palette.P99, times -> scale.at(times.p99()));
              curve(Palette.P50, times -> scale.at(times.p50()));
            },
            this::struck);
  }

  private LongStream times(ToLongFunction<Percentiles> statistic) {
    return windows.stream().map(Window::times).flatMap(Optional::stream).mapToLong(statistic);
  }

  /** In steps: a window has one figure from its begin to its end, and some have none. */
  private void curve(Palette colour, ToDoubleFunction<Percentiles> height) {
    var path = new StringBuilder();
    var drawing = false;
    for (var window : windows) {
      if (window.times().isPresent()) {
        var y = height.applyAsDouble(window.times().get());
        path.append(drawing ? 'L' : 'M').append(Chart.point(x(window.fromNanos()), y));
        path.append('L').append(Chart.point(x(window.toNanos()), y));
      }
      drawing = window.times().isPresent();
    }
    out.empty("path", "class", "curve " + colour.word(), "d", path.toString());
  }

  /** A line across for faults that struck a few times; more would hide the chart. */
  private void struck() {
    faults.stream()
        .map(this::places)
        .filter(places -> places.size() <= FEW)
        .flatMap(List::stream)
        .forEach(at -> line(at, "strike"));
  }

  /** Below the charts, a row a fault, with a mark at each time. */
  private void strikes() {
    if (!faults.isEmpty()) {
      out.leaf("h3", "Faults, as they struck");
    }
    for (var group : faults) {
      out.leaf("p", group.fault() + " " + group.words(), "class", "reading");
      out.element(
          "svg",
          () -> {
            out.empty("line", "class", "rail", "x1", "0", "x2", "100%", "y1", "50%", "y2", "50%");
            places(group).forEach(at -> line(at, "tick"));
          },
          "height",
          "12",
          "aria-hidden",
          "true");
    }
  }

  private void line(double at, String kind) {
    var x = percent(100 * at);
    out.empty("line", "class", kind, "x1", x, "x2", x, "y1", "0", "y2", "100%");
  }

  /** Where it struck, from 0 to 1; many strikes at nearly the same time are one place. */
  private List<Double> places(FaultGroup group) {
    return group.strikes().stream()
        .mapToLong(strike -> strike.atNanos().orElseThrow())
        .filter(at -> at >= from && at <= to)
        .mapToObj(at -> Math.round(x(at) * MOST_PLACES) / (double) MOST_PLACES)
        .distinct()
        .toList();
  }

  private void figures() {
    out.element(
        "details",
        () -> {
          out.leaf("summary", "The figures of these charts");
          var kinds = report.outcomes();
          var names = new ArrayList<>(List.of("from"));
          kinds.forEach(kind -> names.add(kind.words()));
          names.addAll(List.of("p50", "p99", "longest"));
          Html.table(
              out,
              names,
              windows.stream()
                  .filter(window -> !window.ended().isEmpty())
                  .map(window -> row(window, kinds))
                  .toList());
        });
  }

  private static List<String> row(Window window, List<Outcome.Kind> kinds) {
    var row = new ArrayList<String>();
    row.add(time(window.fromNanos()));
    kinds.forEach(kind -> row.add(words("%,d", window.ended().getOrDefault(kind, 0L))));
    var times = window.times();
    row.add(times.map(each -> time(each.p50())).orElse(""));
    row.add(times.map(each -> time(each.p99())).orElse(""));
    row.add(times.map(each -> time(each.max())).orElse(""));
    return row;
  }
}
