package io.github.ticketsim.report;

import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.metrics.Percentiles;
import io.github.ticketsim.stock.Outcome;
import java.io.PrintWriter;

/** A line a run, and where each was saved. */
final class TextComparison {
  private static final String NONE = "-";
  private static final String BROKEN = "*";

  private final Comparison comparison;

  TextComparison(Comparison comparison) {
    this.comparison = comparison;
  }

  void print(PrintWriter out) {
    out.println(
        words(
            "%-11s %-8s %17s %12s %9s %9s %12s %8s %8s",
            "strategy",
            "verdict",
            "sold of stock",
            "replies/s",
            "p50",
            "p99",
            "commands per",
            "failed",
            "unknown"));
    comparison.rows().forEach(row -> out.println(line(row)));
    if (comparison.rows().stream().anyMatch(TextComparison::brokenOnPurpose)) {
      out.println();
      out.println(BROKEN + " broken on purpose: must come out INVALID");
    }
    out.println();
    for (var row : comparison.rows()) {
      out.println("saved  " + row.report().saved().orElse("not saved"));
    }
  }

  private static String line(Comparison.Row row) {
    var report = row.report();
    var run = report.history().run();
    var totals = report.measurements().total();
    return words(
        "%-11s %-8s %17s %,12.0f %9s %9s %12s %,8d %,8d",
        run.strategy() + (brokenOnPurpose(row) ? BROKEN : ""),
        report.verdict().result(),
        words("%s of %,d", report.soldWords(), Math.max(0, run.stock())),
        report.measurements().throughput(),
        totals.map(Percentiles::p50).map(TextReport::time).orElse(NONE),
        totals.map(Percentiles::p99).map(TextReport::time).orElse(NONE),
        commands(row),
        report.count(Outcome.Kind.FAILED),
        report.count(Outcome.Kind.INDETERMINATE));
  }

  private static boolean brokenOnPurpose(Comparison.Row row) {
    return row.report().history().run().brokenOnPurpose();
  }

  private static String commands(Comparison.Row row) {
    var attempts = row.report().history().attempts().size();
    return row.commands().isPresent() && attempts > 0
        ? words("%.2f", row.commands().getAsLong() / (double) attempts)
        : NONE;
  }
}
