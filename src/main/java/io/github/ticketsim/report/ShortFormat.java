package io.github.ticketsim.report;

import java.io.PrintWriter;

/** One screen, for people at a terminal. */
final class ShortFormat implements Renderer {

  @Override
  public void render(RunReport report, boolean colour, PrintWriter out) {
    new ShortReport(report, colour, out).print();
  }

  @Override
  public void renderAnswer(RunReport report, boolean colour, PrintWriter out) {
    TextPassages.answer(report, new TextPage(out, colour));
  }

  @Override
  public void render(Comparison comparison, PrintWriter out) {
    new TextComparison(comparison, out).printShort();
  }

  @Override
  public void render(SelftestReport report, boolean colour, PrintWriter out) {
    new TextSelftest(report, colour, out).printShort();
  }
}
