package io.github.ticketsim.report.file;

import static io.github.ticketsim.report.file.Html.percent;
import static io.github.ticketsim.verify.Sentence.words;

import java.util.List;

/**
 * The frame of a chart. It is as wide as there is room, and text keeps its size: what lies in it is
 * placed in percent, and curves are drawn in a field of {@value #UNITS} by {@value #UNITS} units
 * that is stretched.
 */
final class Chart {

  /** The sides of the field. */
  static final int UNITS = 1_000;

  private static final String HEIGHT = "180";

  /**
   * A line across, or a place at the foot.
   *
   * @param at from 0 to 1, from the bottom or the left
   * @param label of it
   */
  record Tick(double at, String label) {}

  /**
   * What belongs to the frame.
   *
   * @param title of the chart
   * @param values from the bottom
   * @param times from the left
   */
  record Frame(String title, List<Tick> values, List<Tick> times) {}

  private final Markup out;

  Chart(Markup out) {
    this.out = out;
  }

  /**
   * Draws one.
   *
   * @param curves drawn in the field
   * @param over drawn over it, in percent
   */
  void draw(Frame frame, Markup.Content curves, Markup.Content over) {
    out.element(
        "svg",
        () -> {
          frame.values.forEach(this::rule);
          out.element(
              "svg",
              curves,
              "viewBox",
              words("0 0 %d %d", UNITS, UNITS),
              "preserveAspectRatio",
              "none",
              "width",
              "100%",
              "height",
              "100%");
          over.write();
          frame.values.forEach(this::label);
        },
        "class",
        "chart",
        "height",
        HEIGHT,
        "role",
        "img",
        "aria-label",
        frame.title);
    out.element(
        "svg",
        () -> frame.times.forEach(this::foot),
        "class",
        "label",
        "height",
        "18",
        "aria-hidden",
        "true");
  }

  private void rule(Tick tick) {
    var y = percent(100 - 100 * tick.at);
    out.empty("line", "class", "rail", "x1", "0", "x2", "100%", "y1", y, "y2", y);
  }

  private void label(Tick tick) {
    out.leaf("text", tick.label, "x", "2", "y", percent(100 - 100 * tick.at), "dy", "-3");
  }

  private void foot(Tick tick) {
    var anchor = tick.at < 0.05 ? "start" : tick.at > 0.95 ? "end" : "middle";
    out.leaf("text", tick.label, "x", percent(100 * tick.at), "y", "14", "text-anchor", anchor);
  }

  /** A point of a path; both from 0 to 1, from the left and from the bottom. */
  static String point(double x, double y) {
    return words("%.1f %.1f", x * UNITS, UNITS - y * UNITS);
  }
}
