package io.github.ticketsim.report;

import java.io.PrintWriter;

/** All there is to say, for people. */
final class TextFormat implements Renderer {

  @Override
  public void render(RunReport report, boolean colour, PrintWriter out) {
    new TextReport(report, colour, out).print();
  }

  @Override
  public boolean forPeople() {
    return true;
  }

  @Override
  public void render(Comparison comparison, PrintWriter out) {
    new TextComparison(comparison, out).print();
  }

  @Override
  public void render(SideBySide runs, PrintWriter out) {
    new TextSideBySide(runs, out).print();
  }

  @Override
  public void render(SelftestReport report, boolean colour, PrintWriter out) {
    new TextSelftest(report, colour, out).print();
  }
}
