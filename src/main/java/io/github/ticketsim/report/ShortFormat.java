package io.github.ticketsim.report;

import java.io.PrintWriter;

/** One screen, for people at a terminal. */
final class ShortFormat implements Renderer {

  @Override
  public void render(RunReport report, boolean colour, PrintWriter out) {
    new ShortReport(report, colour, out).print();
  }

  @Override
  public boolean forPeople() {
    return true;
  }

  @Override
  public void render(Comparison comparison, PrintWriter out) {
    new TextComparison(comparison, out).printShort();
  }

  @Override
  public void render(SideBySide runs, PrintWriter out) {
    new TextSideBySide(runs, out).print();
  }

  @Override
  public void render(SelftestReport report, boolean colour, PrintWriter out) {
    new TextSelftest(report, colour, out).printShort();
  }
}
