package io.github.ticketsim.report;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.report.TextPage.Paint;
import io.github.ticketsim.selftest.Expected;
import io.github.ticketsim.selftest.Matrix;
import io.github.ticketsim.stock.Model;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** The detection matrix: a line a kind of history, a column a model, then a line a strategy. */
final class TextMatrix {
  private static final String NONE = "-";
  private static final String FAULT = "        ";

  private final Matrix matrix;
  private final TextPage page;

  TextMatrix(Matrix matrix, boolean colour, PrintWriter out) {
    this.matrix = matrix;
    this.page = new TextPage(out, colour);
  }

  /** Every line. */
  void print() {
    printHeadline();
    var header = words("%-50s", "made-up histories judged rightly, seed " + matrix.seed());
    for (var model : Model.values()) {
      header += words("%10s", model.word());
    }
    page.heading(header);
    for (var expected : Expected.values()) {
      page.line(expected.words());
      lines(expected).forEach(this::print);
    }
    printStorms();
  }

  /** A line for all kinds that passed, and each that did not. */
  void printShort() {
    printHeadline();
    page.heading("made-up histories, seed " + matrix.seed());
    for (var expected : Expected.values()) {
      var lines = lines(expected);
      var passed = lines.stream().filter(Matrix.Line::passed).count();
      if (passed > 0) {
        page.line(words("  %s  %s: %s", status(true), expected.words(), counted(passed, "kind")));
      }
      lines.stream().filter(line -> !line.passed()).forEach(this::print);
    }
    printStorms();
  }

  private List<Matrix.Line> lines(Expected expected) {
    return matrix.judge().stream().filter(line -> line.kind().expected() == expected).toList();
  }

  private void printHeadline() {
    page.text("", 2, matrix.passed() ? Paint.GREEN : Paint.RED, headline());
  }

  private void printStorms() {
    if (!matrix.storms().isEmpty()) {
      page.heading("storms on the bundled Redis");
      matrix.storms().forEach(this::print);
    }
  }

  private String headline() {
    var tried =
        words(
            "%s and %s",
            counted(matrix.histories(), "made-up history", "made-up histories"),
            counted(matrix.storms().stream().mapToInt(Matrix.StormLine::tried).sum(), "storm"));
    if (matrix.faults() > 0) {
      return "FAILED: " + tried + " judged, lines not as they must be: " + matrix.faults();
    }
    return (matrix.complete() ? "PASSED: " : "INTERRUPTED: ")
        + tried
        + (matrix.complete() ? "" : " so far,")
        + " all judged as they must be";
  }

  private void print(Matrix.Line line) {
    var text = words("  %s  %-42s", status(line.passed()), line.kind().name());
    for (var model : Model.values()) {
      var score = line.scores().get(model);
      text += words("%10s", score == null ? NONE : words("%d/%d", score.right(), score.tried()));
    }
    page.line(text);
    print(line.fault());
  }

  private void print(Matrix.StormLine line) {
    page.line(
        words(
            "  %s  %-12s %s in %d of %s%s",
            status(line.passed()),
            line.strategy(),
            line.sound() ? "VALID" : "caught",
            line.right(),
            counted(line.tried(), "run"),
            line.sound() ? "" : ", broken on purpose"));
    if (!line.passed()) {
      print(line.fault());
    }
  }

  private void print(Optional<String> fault) {
    fault.ifPresent(words -> page.text(FAULT, words));
  }

  private String status(boolean passed) {
    return page.painted(passed ? Paint.GREEN : Paint.RED, passed ? "pass" : "FAIL");
  }
}
