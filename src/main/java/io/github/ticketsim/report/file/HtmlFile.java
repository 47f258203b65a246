package io.github.ticketsim.report.file;

import io.github.ticketsim.report.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A page for people. It is one file that asks for no other, has no script, and has the same size
 * whether ten or ten million attempts were made.
 */
final class HtmlFile {

  private HtmlFile() {}

  /** Writes {@code runs}, at least one, in their order. */
  static void write(List<RunReport> runs, Writer target) {
    var out = new Markup(target);
    out.declareHtml();
    out.element(
        "html",
        () -> {
          out.element("head", () -> head(out, runs));
          out.element("body", () -> body(out, runs));
        },
        "lang",
        "en");
    out.close();
  }

  private static void head(Markup out, List<RunReport> runs) {
    out.empty("meta", "charset", "UTF-8");
    out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    out.empty(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'");
    // Browsers ask for an icon unless they are given one.
    out.empty("link", "rel", "icon", "href", "data:,");
    out.leaf("title", runs.stream().map(HtmlFile::name).collect(Collectors.joining("; ")));
    out.leaf("style", Palette.css() + sheet());
  }

  private static String name(RunReport run) {
    return run.verdict().result() + ": " + run.history().run().strategy() + ", ticket-sim";
  }

  private static String sheet() {
    try (InputStream in = HtmlFile.class.getResourceAsStream("report.css")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void body(Markup out, List<RunReport> runs) {
    out.element(
        "main",
        () -> {
          if (runs.size() > 1) {
            out.element("nav", () -> contents(out, runs), "aria-label", "Runs");
          }
          for (var i = 0; i < runs.size(); i++) {
            new RunSection(out, runs.get(i)).write(id(i));
          }
        });
  }

  private static String id(int index) {
    return "run-" + (index + 1);
  }

  private static void contents(Markup out, List<RunReport> runs) {
    out.element(
        "ul",
        () -> {
          for (var i = 0; i < runs.size(); i++) {
            var run = runs.get(i);
            var target = "#" + id(i);
            out.element(
                "li",
                () -> {
                  out.leaf("a", run.history().run().strategy(), "href", target);
                  out.text(" ");
                  out.leaf(
                      "span",
                      RunSection.symbol(run.verdict().result()) + " " + run.verdict().result(),
                      "class",
                      "status " + RunSection.word(run.verdict().result()));
                  out.text(" " + run.sentence());
                });
          }
        });
  }
}
