package io.github.ticketsim.report;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.report.SelftestReport.KindEntry;
import io.github.ticketsim.report.SelftestReport.StrategyEntry;
import io.github.ticketsim.report.TextPage.Paint;
import io.github.ticketsim.stock.Model;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The detection matrix: a line a kind of history, a column a model, then a line a strategy. */
final class TextSelftest {
  private static final List<Model> MODELS = List.of(Model.values());
  private static final String NONE = "-";
  private static final String FAULT = "        ";

  private final SelftestReport report;
  private final TextPage page;
  private final Table kinds;
  private final Table storms;
  private final Table lines;

  TextSelftest(SelftestReport report, boolean colour, PrintWriter out) {
    this.report = report;
    this.page = new TextPage(out, colour);
    this.kinds = new Table(page).left(2, 4).left(2, 42);
    MODELS.forEach(_ -> kinds.right(1, 9));
    this.lines = new Table(page).left(2, 4).left(2, 0);
    this.storms = new Table(page).left(2, 4).left(2, 12).left(1, 0);
  }

  /** Every line. */
  void print() {
    printHeadline();
    kinds.heading(
        "made-up histories judged rightly, seed " + report.seed(),
        MODELS.stream().map(Model::wireName).toArray(String[]::new));
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
        lines.row(Paint.GREEN, "pass", rule + ": " + counted(passed, "kind"));
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
    page.text("", 2, paint(report.passed()), headline());
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
    var cells = new ArrayList<>(List.of(status(entry.passed()), entry.kind()));
    for (var model : MODELS) {
      var score = entry.models().get(model.wireName());
      cells.add(score == null ? NONE : words("%d/%d", score.right(), score.tried()));
    }
    kinds.row(paint(entry.passed()), cells.toArray(String[]::new));
    print(entry.fault());
  }

  private void print(StrategyEntry entry) {
    storms.row(
        paint(entry.passed()),
        status(entry.passed()),
        entry.strategy(),
        words(
            "%s in %d of %s%s",
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

  private static Paint paint(boolean passed) {
    return passed ? Paint.GREEN : Paint.RED;
  }

  private static String status(boolean passed) {
    return passed ? "pass" : "FAIL";
  }
}
