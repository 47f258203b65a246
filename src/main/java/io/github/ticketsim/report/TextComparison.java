package io.github.ticketsim.report;

import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.metrics.Percentiles;
import io.github.ticketsim.stock.Outcome;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/** A line a run, and where each was saved. */
final class TextComparison {
  private static final String NONE = "-";
  private static final String BROKEN = "*";
  private static final String SAVED = "saved  ";

  private final Comparison comparison;
  private final TextPage page;

  TextComparison(Comparison comparison, PrintWriter out) {
    this.comparison = comparison;
    this.page = new TextPage(out, false);
  }

  /** With every place. */
  void print() {
    printTable();
    comparison.rows().forEach(row -> page.line(SAVED + place(row)));
  }

  /** With one place for all. */
  void printShort() {
    printTable();
    var others = comparison.rows().size() - 1;
    var first = place(comparison.rows().getFirst());
    var saved = comparison.rows().stream().allMatch(row -> row.report().saved().isPresent());
    if (saved && others > 0) {
      page.line(SAVED + words("%s and %d more beside it", first, others));
    } else {
      comparison.rows().forEach(row -> page.line(SAVED + place(row)));
    }
  }

  private static String place(Comparison.Row row) {
    return row.report().saved().map(TextPage::plain).orElse("not saved");
  }

  private void printTable() {
    page.line(
        words(
            "%-11s %-7s %11s %9s %7s %7s %6s %6s %7s",
            "strategy", "verdict", "sold", "replies/s", "p50", "p99", "cmds", "failed", "unknown"));
    comparison.rows().forEach(row -> page.line(line(row)));
    page.heading(
        "sold: of " + stocks() + " tickets; cmds: commands that Redis executed per attempt");
    if (comparison.rows().stream().anyMatch(TextComparison::brokenOnPurpose)) {
      page.line(BROKEN + " broken on purpose: must come out INVALID");
    }
    page.line("");
  }

  private String stocks() {
    return comparison.rows().stream()
        .map(row -> words("%,d", Math.max(0, row.report().history().run().stock())))
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  private static String line(Comparison.Row row) {
    var report = row.report();
    var totals = report.measurements().total();
    return words(
        "%-11s %-7s %11s %,9.0f %7s %7s %6s %,6d %,7d",
        report.history().run().strategy() + (brokenOnPurpose(row) ? BROKEN : ""),
        report.verdict().result(),
        sold(report),
        report.measurements().throughput(),
        totals.map(Percentiles::p50).map(TextPassages::time).orElse(NONE),
        totals.map(Percentiles::p99).map(TextPassages::time).orElse(NONE),
        commands(row),
        report.count(Outcome.Kind.FAILED),
        report.count(Outcome.Kind.INDETERMINATE));
  }

  private static String sold(RunReport report) {
    var sold = report.verdict().sold();
    return sold.atLeast() == sold.atMost()
        ? words("%,d", sold.atLeast())
        : words("%,d-%,d", sold.atLeast(), sold.atMost());
  }

  private static boolean brokenOnPurpose(Comparison.Row row) {
    return row.report().history().run().brokenOnPurpose();
  }

  /** No reply comes without a command: a server that counts fewer does not tell, or not of all. */
  private static String commands(Comparison.Row row) {
    var report = row.report();
    var replies = report.count(Outcome.Kind.SOLD) + report.count(Outcome.Kind.SOLD_OUT);
    return replies > 0 && row.commands().orElse(0) >= replies
        ? words("%.2f", row.commands().getAsLong() / (double) report.history().attempts().size())
        : NONE;
  }
}
