package io.github.ticketsim.report;

import io.github.ticketsim.selftest.Matrix;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats in which a report can be rendered. */
public enum Format {
  /** For people at a terminal: one screen. */
  SHORT {
    @Override
    public void render(RunReport report, boolean colour, PrintWriter out) {
      new ShortReport(report, colour, out).print();
    }

    @Override
    public void render(Comparison comparison, PrintWriter out) {
      new TextComparison(comparison, out).printShort();
    }

    @Override
    public void render(Matrix matrix, boolean colour, PrintWriter out) {
      new TextMatrix(matrix, colour, out).printShort();
    }
  },
  /** For people: all there is to say. */
  TEXT {
    @Override
    public void render(RunReport report, boolean colour, PrintWriter out) {
      new TextReport(report, colour, out).print();
    }

    @Override
    public void render(Comparison comparison, PrintWriter out) {
      new TextComparison(comparison, out).print();
    }

    @Override
    public void render(Matrix matrix, boolean colour, PrintWriter out) {
      new TextMatrix(matrix, colour, out).print();
    }
  },
  /** For programs; {@code report.schema.json} describes it. */
  JSON {
    @Override
    public void render(RunReport report, boolean colour, PrintWriter out) {
      out.println(JsonReport.of(report));
    }

    @Override
    public void renderAnswer(RunReport report, boolean colour, PrintWriter out) {
      // A program looks for the verdict under its name.
    }

    @Override
    public void render(Comparison comparison, PrintWriter out) {
      out.println(
          comparison.runs().stream()
              .map(JsonReport::of)
              .collect(Collectors.joining(", ", "[ ", " ]")));
    }

    @Override
    public void render(Matrix matrix, boolean colour, PrintWriter out) {
      out.println(JsonMatrix.of(matrix));
    }
  };

  /** As users type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Prints {@code report}.
   *
   * @param colour whether ANSI colours are wanted; formats for programs ignore it
   */
  public abstract void render(RunReport report, boolean colour, PrintWriter out);

  /** Prints the verdict alone, for the end of a report that is longer than the screen. */
  public void renderAnswer(RunReport report, boolean colour, PrintWriter out) {
    new TextPassages(report, new TextPage(out, colour)).headline();
  }

  /** Prints several runs side by side; for programs, as an array of their reports. */
  public abstract void render(Comparison comparison, PrintWriter out);

  /** Prints the outcome of a self-test. */
  public abstract void render(Matrix matrix, boolean colour, PrintWriter out);
}
