package io.github.ticketsim.report;

import java.io.PrintWriter;
import java.util.Locale;

/** The formats in which results can be rendered. A new one is a {@link Renderer} and a constant. */
public enum Format {
  /** For people at a terminal: one screen. */
  SHORT(new ShortFormat()),
  /** For people: all there is to say. */
  TEXT(new TextFormat()),
  /** For programs; {@code report.schema.json} describes it. */
  JSON(new JsonFormat());

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

  /** Repeats the verdict for people, below a report that is longer than the screen. */
  public void renderAnswer(RunReport report, boolean colour, PrintWriter out) {
    if (renderer.forPeople()) {
      TextPassages.answer(report, new TextPage(out, colour));
    }
  }

  /** See {@link Renderer#render(Comparison, PrintWriter)}. */
  public void render(Comparison comparison, PrintWriter out) {
    renderer.render(comparison, out);
  }

  /** See {@link Renderer#render(SelftestReport, boolean, PrintWriter)}. */
  public void render(SelftestReport report, boolean colour, PrintWriter out) {
    renderer.render(report, colour, out);
  }
}
