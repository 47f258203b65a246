package io.github.ticketsim.report.file;

import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.metrics.Durations;
import io.github.ticketsim.report.ReceiptText;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.run.Warning;
import io.github.ticketsim.verify.Advice;
import io.github.ticketsim.verify.Cause;
import io.github.ticketsim.verify.Check;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;

/** A summary in Markdown, as CI systems show it on the page of a job. */
final class SummaryFile {
  private final PrintWriter out;

  private SummaryFile(PrintWriter out) {
    this.out = out;
  }

  /** Writes {@code runs}, in their order. */
  static void write(List<RunReport> runs, Writer target) {
    var out = new PrintWriter(target);
    runs.forEach(new SummaryFile(out)::run);
    out.flush();
  }

  private void run(RunReport run) {
    var verdict = run.verdict();
    paragraph(
        "### %s %s: %s",
        RunSection.symbol(verdict.result()),
        verdict.result(),
        escaped(run.history().run().strategy()));
    paragraph("%s.", escaped(run.sentence()));
    verdict.causes().stream()
        .map(Cause::text)
        .forEach(text -> paragraph("Likely cause: %s.", escaped(text)));
    verdict.advice().stream()
        .map(Advice::text)
        .forEach(text -> paragraph("Because %s.", escaped(text)));
    out.print("| check | result | |\n| --- | --- | --- |\n");
    verdict.checks().forEach(this::check);
    for (var result : run.limits()) {
      line(
          "| %s | %s | |",
          code(result.limit().text()), result.missed() ? "\u2717 missed" : "\u2713 held");
    }
    out.print('\n');
    verdict.checks().forEach(this::witness);
    figures(run);
    for (var text : run.warnings().stream().map(Warning::text).toList()) {
      line("- %s", escaped(text));
    }
    out.print('\n');
    run.saved().ifPresent(place -> paragraph("Saved as %s.", code(place)));
  }

  private void check(Check check) {
    line("| %s | %s | %s |", check.name().words(), RunSection.mark(check), escaped(check.detail()));
  }

  private void witness(Check check) {
    if (check.witness().isPresent()) {
      paragraph("**%s:**", check.name().words());
      check.witness().get().attempts().forEach(each -> line("- %s", escaped(ReceiptText.of(each))));
      out.print('\n');
    }
  }

  private void figures(RunReport run) {
    var figures = run.measurements();
    figures
        .total()
        .ifPresent(
            times -> {
              out.print("| replies a second | p50 | p90 | p99 | p99.9 | longest |\n");
              out.print("| --: | --: | --: | --: | --: | --: |\n");
              line(
                  "| %,.0f | %s | %s | %s | %s | %s |",
                  figures.throughput(),
                  Durations.text(times.p50()),
                  Durations.text(times.p90()),
                  Durations.text(times.p99()),
                  Durations.text(times.p999()),
                  Durations.text(times.max()));
              out.print('\n');
            });
  }

  @com.google.errorprone.annotations.FormatMethod
  private void line(String format, Object... words) {
    out.print(words(format, words) + "\n");
  }

  @com.google.errorprone.annotations.FormatMethod
  private void paragraph(String format, Object... words) {
    out.print(words(format, words) + "\n\n");
  }

  /** Text as it is, whatever Markdown or HTML it looks like. */
  private static String escaped(String text) {
    return text.replaceAll("\\s+", " ")
        .replaceAll("[\\\\`*_{}\\[\\]()#+!|~@$]", "\\\\$0")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }

  private static String code(String text) {
    return "<code>" + escaped(text) + "</code>";
  }
}
