package io.github.ticketsim.report;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.report.SelftestReport.KindEntry;
import io.github.ticketsim.report.SelftestReport.StrategyEntry;
import io.github.ticketsim.report.TextPage.Paint;
import io.github.ticketsim.stock.Model;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** The detection matrix: a line a kind of history, a column a model, then a line a strategy. */
final class TextSelftest {
  private static final String NONE = "-";
  private static final String FAULT = "        ";

  private final SelftestReport report;
  private final TextPage page;

  TextSelftest(SelftestReport report, boolean colour, PrintWriter out) {
    this.report = report;
    this.page = new TextPage(out, colour);
  }

  /** Every line. */
  void print() {
    printHeadline();
    var header = words("%-50s", "made-up histories judged rightly, seed " + report.seed());
    for (var model : Model.values()) {
      header += words("%10s", model.word());
    }
    page.heading(header);
    for (var rule : rules()) {
      page.line(rule);
      entries(rule).forEach(this::print);
    }
    printStorms();
  }

  /** A line for all kinds that passed, and each that did not. */
  void printShort() {
    printHeadline();
    page.heading("made-up histories, seed " + report.seed());
    for (var rule : rules()) {
      var entries = entries(rule);
      var passed = entries.stream().filter(KindEntry::passed).count();
      if (passed > 0) {
        page.line(words("  %s  %s: %s", status(true), rule, counted(passed, "kind")));
      }
      entries.stream().filter(entry -> !entry.passed()).forEach(this::print);
    }
    printStorms();
  }

  private List<String> rules() {
    return report.judge().stream().map(KindEntry::rule).distinct().toList();
  }

  private List<KindEntry> entries(String rule) {
    return report.judge().stream().filter(entry -> entry.rule().equals(rule)).toList();
  }

  private void printHeadline() {
    page.text("", 2, report.passed() ? Paint.GREEN : Paint.RED, headline());
  }

  private void printStorms() {
    if (!report.storms().isEmpty()) {
      page.heading("storms on the bundled Redis");
      report.storms().forEach(this::print);
    }
  }

  private String headline() {
    var tried =
        words(
            "%s and %s",
            counted(report.histories(), "made-up history", "made-up histories"),
            counted(report.storms().stream().mapToInt(StrategyEntry::tried).sum(), "storm"));
    if (report.faults() > 0) {
      return "FAILED: " + tried + " judged, lines not as they must be: " + report.faults();
    }
    return (report.complete() ? "PASSED: " : "INTERRUPTED: ")
        + tried
        + (report.complete() ? "" : " so far,")
        + " all judged as they must be";
  }

  private void print(KindEntry entry) {
    var text = words("  %s  %-42s", status(entry.passed()), entry.kind());
    for (var model : Model.values()) {
      var score = entry.models().get(model.word());
      text += words("%10s", score == null ? NONE : words("%d/%d", score.right(), score.tried()));
    }
    page.line(text);
    print(entry.fault());
  }

  private void print(StrategyEntry entry) {
    page.line(
        words(
            "  %s  %-12s %s in %d of %s%s",
            status(entry.passed()),
            entry.strategy(),
            entry.sound() ? "VALID" : "caught",
            entry.right(),
            counted(entry.tried(), "run"),
            entry.sound() ? "" : ", broken on purpose"));
    if (!entry.passed()) {
      print(entry.fault());
    }
  }

  private void print(Optional<String> fault) {
    fault.ifPresent(words -> page.text(FAULT, words));
  }

  private String status(boolean passed) {
    return page.painted(passed ? Paint.GREEN : Paint.RED, passed ? "pass" : "FAIL");
  }
}
