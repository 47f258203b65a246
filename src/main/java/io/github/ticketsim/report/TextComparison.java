package io.github.ticketsim.report;

import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.metrics.Durations;
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
    comparison.runs().forEach(run -> page.line(SAVED + place(run)));
  }

  /** With one place for all. */
  void printShort() {
    printTable();
    var others = comparison.runs().size() - 1;
    var first = place(comparison.runs().getFirst());
    var saved = comparison.runs().stream().allMatch(run -> run.saved().isPresent());
    if (saved && others > 0) {
      page.line(SAVED + words("%s and %d more beside it", first, others));
    } else {
      comparison.runs().forEach(run -> page.line(SAVED + place(run)));
    }
  }

  private static String place(RunReport run) {
    return run.saved().map(TextPage::plain).orElse("not saved");
  }

  private void printTable() {
    var names = comparison.runs().stream().mapToInt(run -> name(run).length()).max().orElse(0);
    var counted = comparison.runs().stream().anyMatch(run -> run.result().commands().isPresent());
    var table = new Table(page).left(0, Math.max(11, names)).left(1, 7).right(1, 11).right(1, 9);
    table.right(1, 7).right(1, 7).right(1, counted ? 6 : 0).right(1, 6).right(1, 7);
    table.header(
        "strategy",
        "verdict",
        "sold",
        "replies/s",
        "p50",
        "p99",
        counted ? "cmds" : "",
        "failed",
        "unknown");
    comparison.runs().forEach(run -> table.row(cells(run, counted)));
    page.heading(
        "sold: of "
            + stocks()
            + " tickets"
            + (counted ? "; cmds: commands that Redis executed per attempt" : ""));
    if (comparison.runs().stream().anyMatch(TextComparison::brokenOnPurpose)) {
      page.line(BROKEN + " broken on purpose: must come out INVALID");
    }
    page.line("");
  }

  private String stocks() {
    return comparison.runs().stream()
        .map(run -> words("%,d", Math.max(0, run.history().run().stock())))
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  private static String[] cells(RunReport run, boolean counted) {
    var totals = run.measurements().total();
    return new String[] {
      name(run),
      run.verdict().result().toString(),
      sold(run),
      words("%,.0f", run.measurements().throughput()),
      totals.map(Percentiles::p50).map(Durations::text).orElse(NONE),
      totals.map(Percentiles::p99).map(Durations::text).orElse(NONE),
      counted ? commands(run) : "",
      words("%,d", run.count(Outcome.Kind.FAILED)),
      words("%,d", run.count(Outcome.Kind.INDETERMINATE))
    };
  }

  private static String name(RunReport run) {
    return run.history().run().strategy() + (brokenOnPurpose(run) ? BROKEN : "");
  }

  private static String sold(RunReport run) {
    var sold = run.verdict().sold();
    return sold.atLeast() == sold.atMost()
        ? words("%,d", sold.atLeast())
        : words("%,d-%,d", sold.atLeast(), sold.atMost());
  }

  private static boolean brokenOnPurpose(RunReport run) {
    return run.history().run().brokenOnPurpose();
  }

  /** No reply comes without a command: a server that counts fewer does not tell, or not of all. */
  private static String commands(RunReport run) {
    var replies = run.count(Outcome.Kind.SOLD) + run.count(Outcome.Kind.SOLD_OUT);
    return replies > 0 && run.result().commands().orElse(0) >= replies
        ? words(
            "%.2f", run.result().commands().getAsLong() / (double) run.history().attempts().size())
        : NONE;
  }
}
