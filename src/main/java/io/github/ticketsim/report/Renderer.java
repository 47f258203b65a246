package io.github.ticketsim.report;

import java.io.PrintWriter;

/** One output format. */
interface Renderer {

  /**
   * Prints {@code report}.
   *
   * @param colour whether ANSI colours are wanted; formats for programs ignore it
   */
  void render(RunReport report, boolean colour, PrintWriter out);

  /** Prints several runs side by side; for programs, as an array of their reports. */
  void render(Comparison comparison, PrintWriter out);

  /** Prints the outcome of a self-test. */
  void render(SelftestReport report, boolean colour, PrintWriter out);

  /**
   * Repeats the verdict below a report that is longer than the screen. A program looks for it under
   * its name, so its format repeats nothing.
   */
  default void renderAnswer(RunReport report, boolean colour, PrintWriter out) {}
}
