package io.github.ticketsim.report;

import java.io.PrintWriter;

/** The formats in which a report can be rendered. */
public enum Format {
  /** For people. */
  TEXT {
    @Override
    public void render(RunReport report, boolean colour, PrintWriter out) {
      new TextReport(report, colour).print(out);
    }
  },
  /** For programs; {@code report.schema.json} describes it. */
  JSON {
    @Override
    public void render(RunReport report, boolean colour, PrintWriter out) {
      out.println(JsonReport.of(report));
    }
  };

  /**
   * Prints {@code report}.
   *
   * @param colour whether ANSI colours are wanted; formats for programs ignore it
   */
  public abstract void render(RunReport report, boolean colour, PrintWriter out);
}
