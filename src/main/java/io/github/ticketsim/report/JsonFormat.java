package io.github.ticketsim.report;

import java.io.PrintWriter;
import java.util.stream.Collectors;

/** One JSON object a result. */
final class JsonFormat implements Renderer {
  @Override
  public void render(RunReport report, boolean colour, PrintWriter out) {
    out.println(json(report));
  }

  @Override
  public void render(Comparison comparison, PrintWriter out) {
    out.println(
        comparison.runs().stream()
            .map(JsonFormat::json)
            .collect(Collectors.joining(", ", "[ ", " ]")));
  }

  @Override
  public void render(SideBySide runs, PrintWriter out) {
    render(new Comparison(runs.runs()), out);
  }

  @Override
  public void render(SelftestReport report, boolean colour, PrintWriter out) {
    out.println(JsonText.of(report));
  }

  private static String json(RunReport report) {
    return JsonText.of(JsonReport.of(report));
  }
}
