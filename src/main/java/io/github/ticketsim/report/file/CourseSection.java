package io.github.ticketsim.report.file;

import static io.github.ticketsim.report.file.Html.percent;
import static io.github.ticketsim.report.file.Html.time;
import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.stock.Outcome;
import java.util.ArrayList;
import java.util.List;

/** How a run went, in figures and charts. */
final class CourseSection {
  private final Markup out;
  private final RunReport report;

  CourseSection(Markup out, RunReport report) {
    this.out = out;
    this.report = report;
  }

  void write() {
    out.element(
        "section",
        () -> {
          out.leaf("h2", "How it went");
          tiles();
          outcomes();
          new TimeCharts(out, report).write();
          new PercentileChart(out, report.measurements()).write();
          latencies();
        });
  }

  private void tiles() {
    out.element(
        "ul",
        () ->
            figures()
                .forEach(
                    figure ->
                        out.element(
                            "li",
                            () -> {
                              out.leaf("b", figure.getLast());
                              out.text(figure.getFirst());
                            })),
        "class",
        "tiles");
  }

  private List<List<String>> figures() {
    var figures = new ArrayList<List<String>>();
    var total = report.measurements().total();
    figures.add(List.of("replies a second", words("%,.0f", report.measurements().throughput())));
    total.ifPresent(
        times -> {
          figures.add(List.of("p50", time(times.p50())));
          figures.add(List.of("p99", time(times.p99())));
          figures.add(List.of("longest", time(times.max())));
        });
    figures.add(List.of("lasted", time(report.measurements().elapsed().toNanos())));
    return figures;
  }

  private void outcomes() {
    var size = report.history().attempts().size();
    out.leaf("h3", "Outcomes of " + counted(size, "attempt"));
    if (size > 0) {
      out.element(
          "svg",
          () -> {
            var left = 0.0;
            for (var kind : report.outcomes()) {
              var width = 100.0 * report.count(kind) / size;
              out.empty(
                  "rect",
                  "class",
                  "bar " + Palette.of(kind),
                  "x",
                  percent(left),
                  "width",
                  percent(width),
                  "height",
                  "100%");
              left += width;
            }
          },
          "class",
          "share",
          "height",
          "16",
          "aria-hidden",
          "true");
    }
    Html.legend(
        out,
        report.outcomes().stream().map(kind -> List.of(Palette.of(kind), share(kind))).toList());
  }

  private String share(Outcome.Kind kind) {
    var fate = kind == Outcome.Kind.INDETERMINATE ? report.fate() : "";
    return words("%,d %s", report.count(kind), kind.words()) + (fate.isEmpty() ? "" : ", " + fate);
  }

  private void latencies() {
    var latencies = report.measurements().latencies();
    if (!latencies.isEmpty()) {
      Html.table(
          out,
          List.of("latency", "count", "p50", "p90", "p95", "p99", "p99.9", "longest"),
          latencies.stream()
              .map(
                  latency ->
                      List.of(
                          latency.outcome().words() + ", " + latency.phase().words(),
                          words("%,d", latency.times().count()),
                          time(latency.times().p50()),
                          time(latency.times().p90()),
                          time(latency.times().p95()),
                          time(latency.times().p99()),
                          time(latency.times().p999()),
                          time(latency.times().max())))
              .toList());
    }
  }
}
