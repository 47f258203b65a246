package io.github.ticketsim.report.file;

import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.metrics.Durations;
import java.util.List;

/** How numbers, legends and tables are written on the page. */
final class Html {

  private Html() {}

  /** A place or an extent in percent. */
  static String percent(double value) {
    return words("%.2f%%", value);
  }

  /** How long something lasts. */
  static String time(long nanos) {
    return Durations.text(nanos).replace("us", "\u00b5s");
  }

  /**
   * Says what colours stand for.
   *
   * @param entries the class of the colour, and what it stands for
   */
  static void legend(Markup out, List<List<String>> entries) {
    out.element(
        "ul",
        () ->
            entries.forEach(
                entry ->
                    out.element(
                        "li",
                        () -> {
                          out.leaf("i", "", "class", entry.getFirst());
                          out.text(entry.getLast());
                        })),
        "class",
        "legend");
  }

  /**
   * A table whose first column names the rows. It is scrolled sideways where it is too wide.
   *
   * @param names of the columns
   */
  static void table(Markup out, List<String> names, List<List<String>> rows) {
    out.element(
        "div",
        () ->
            out.element(
                "table",
                () -> {
                  out.element(
                      "thead",
                      () ->
                          out.element(
                              "tr",
                              () -> names.forEach(name -> out.leaf("th", name, "scope", "col"))));
                  out.element("tbody", () -> rows.forEach(row -> row(out, row)));
                }),
        "class",
        "wide",
        "tabindex",
        "0",
        "role",
        "region",
        "aria-label",
        "Table: " + String.join(", ", names));
  }

  private static void row(Markup out, List<String> cells) {
    out.element(
        "tr",
        () -> {
          out.leaf("th", cells.getFirst(), "scope", "row");
          cells.stream().skip(1).forEach(cell -> out.leaf("td", cell));
        });
  }

  /** Names and what they stand for. */
  static void list(Markup out, List<List<String>> entries) {
    out.element(
        "dl",
        () ->
            entries.forEach(
                entry -> {
                  out.leaf("dt", entry.getFirst());
                  out.leaf("dd", entry.getLast());
                }));
  }
}
