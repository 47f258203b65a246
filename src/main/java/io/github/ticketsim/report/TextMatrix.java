package io.github.ticketsim.report;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.selftest.Expected;
import io.github.ticketsim.selftest.Matrix;
import io.github.ticketsim.stock.Model;
import java.io.PrintWriter;
import java.util.Optional;

/** The detection matrix: a line a kind of history, a column a model, then a line a strategy. */
final class TextMatrix {
  private static final String GREEN = "\u001B[32m";
  private static final String RED = "\u001B[31m";
  private static final String RESET = "\u001B[0m";
  private static final String NONE = "-";

  private final Matrix matrix;
  private final boolean colour;

  TextMatrix(Matrix matrix, boolean colour) {
    this.matrix = matrix;
    this.colour = colour;
  }

  void print(PrintWriter out) {
    out.println(paint(matrix.passed(), headline()));
    out.println();
    var header =
        words("%-52s", "made-up histories, judged rightly of tried, seed " + matrix.seed());
    for (var model : Model.values()) {
      header += words("%16s", model.word());
    }
    out.println(header);
    for (var expected : Expected.values()) {
      out.println(expected.words());
      matrix.judge().stream()
          .filter(line -> line.kind().expected() == expected)
          .forEach(line -> print(line, out));
    }
    if (!matrix.storms().isEmpty()) {
      out.println();
      out.println("storms on the bundled Redis");
      matrix.storms().forEach(line -> print(line, out));
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

  private void print(Matrix.Line line, PrintWriter out) {
    var text = words("  %s  %-44s", status(line.passed()), line.kind().name());
    for (var model : Model.values()) {
      var score = line.scores().get(model);
      text +=
          words("%16s", score == null ? NONE : words("%,d of %,d", score.right(), score.tried()));
    }
    out.println(text);
    print(line.fault(), out);
  }

  private void print(Matrix.StormLine line, PrintWriter out) {
    out.println(
        words(
            "  %s  %-12s %s in %d of %s%s",
            status(line.passed()),
            line.strategy(),
            line.sound() ? "VALID" : "caught",
            line.right(),
            counted(line.tried(), "run"),
            line.sound() ? "" : ", broken on purpose"));
    if (!line.passed()) {
      print(line.fault(), out);
    }
  }

  private static void print(Optional<String> fault, PrintWriter out) {
    fault.ifPresent(words -> out.println("        " + words));
  }

  private String status(boolean passed) {
    return paint(passed, passed ? "pass" : "FAIL");
  }

  private String paint(boolean passed, String text) {
    return colour ? (passed ? GREEN : RED) + text + RESET : text;
  }
}
