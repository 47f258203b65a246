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

  /** Prints the figures of several runs beside each other; for programs, their reports. */
  void render(SideBySide runs, PrintWriter out);

  /** Prints the outcome of a self-test. */
  void render(SelftestReport report, boolean colour, PrintWriter out);

  /** Whether people read it; a program needs no verdict repeated to find it. */
  default boolean forPeople() {
    return false;
  }
}
