package io.github.ticketsim.report;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;

/** The formats in which results can be rendered. A new one is a {@link Renderer} and a constant. */
public enum Format {
  /** For people at a terminal: one screen. */
  SHORT(new ShortFormat()),
  /** For people: all there is to say. */
  TEXT(new TextFormat()),
  /** For programs; {@code report.schema.json} describes it. */
  JSON(new JsonFormat());

  /** What a terminal shows at once, less the command itself and the line after. */
  private static final int MOST_LINES = 22;

  @SuppressWarnings("ImmutableEnumChecker") // JsonMapper is immutable, though not annotated so.
  private final Renderer renderer;

  Format(Renderer renderer) {
    this.renderer = renderer;
  }

  /** As users type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** See {@link Renderer#render(RunReport, boolean, PrintWriter)}. */
  public void render(RunReport report, boolean colour, PrintWriter out) {
    renderer.render(report, colour, out);
  }

  /** The same on a terminal: for people, what is longer than the screen ends with the verdict. */
  public void renderOnTerminal(RunReport report, boolean colour, PrintWriter out) {
    var text = new StringWriter();
    renderer.render(report, colour, new PrintWriter(text));
    out.print(text);
    if (renderer.forPeople() && text.toString().lines().count() > MOST_LINES) {
      TextPassages.answer(report, new TextPage(out, colour));
    }
  }

  /** A part of a storm: people are told where it is, and programs what is in it. */
  public void renderPart(RunReport part, PrintWriter out) {
    if (renderer.forPeople()) {
      out.println(part.partLine());
    } else {
      renderer.render(part, false, out);
    }
  }

  /** See {@link Renderer#render(Comparison, PrintWriter)}. */
  public void render(Comparison comparison, PrintWriter out) {
    renderer.render(comparison, out);
  }

  /** See {@link Renderer#render(SideBySide, PrintWriter)}. */
  public void render(SideBySide runs, PrintWriter out) {
    renderer.render(runs, out);
  }

  /** See {@link Renderer#render(SelftestReport, boolean, PrintWriter)}. */
  public void render(SelftestReport report, boolean colour, PrintWriter out) {
    renderer.render(report, colour, out);
  }
}
