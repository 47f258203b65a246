package io.github.ticketsim.report.file;

import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.metrics.LimitResult;
import io.github.ticketsim.report.Format;
import io.github.ticketsim.report.LimitText;
import io.github.ticketsim.report.ReceiptText;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.verify.Advice;
import io.github.ticketsim.verify.Check;
import io.github.ticketsim.verify.Judgement.Result;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * JUnit XML of the form that the xunit plugin of Jenkins publishes: a suite a run, a case a check
 * and a limit.
 *
 * <p>No check fails in a run that proves nothing, so each suite has a case more: it is in error if
 * the run is UNKNOWN, or such a run would be shown in green.
 */
final class JUnitFile {
  private static final String CONCLUSIVE = "the run can be judged";

  private final Markup out;

  private JUnitFile(Markup out) {
    this.out = out;
  }

  /** Writes {@code runs}, in their order. */
  static void write(List<RunReport> runs, Writer target) {
    var out = new Markup(target);
    out.declareXml();
    out.element("testsuites", () -> runs.forEach(new JUnitFile(out)::suite), "name", "ticket-sim");
    out.close();
  }

  private void suite(RunReport run) {
    var checks = run.verdict().checks();
    var unknown = run.verdict().result() == Result.UNKNOWN;
    var failures =
        count(checks, Check.Status.FAIL)
            + run.limits().stream().filter(LimitResult::missed).count();
    out.element(
        "testsuite",
        () -> {
          properties(run);
          testCase(run, CONCLUSIVE, () -> conclusive(run));
          checks.forEach(check -> testCase(run, check.name().words(), () -> result(check)));
          run.limits()
              .forEach(
                  limit -> testCase(run, "limit " + limit.limit().text(), () -> result(limit)));
          out.leaf("system-out", text(run));
        },
        "name",
        "ticket-sim " + run.history().run().strategy(),
        "tests",
        String.valueOf(1 + checks.size() + run.limits().size()),
        "failures",
        String.valueOf(failures),
        "errors",
        unknown ? "1" : "0",
        "skipped",
        String.valueOf(count(checks, Check.Status.NOT_EXERCISED)),
        "time",
        words("%.3f", run.measurements().elapsed().toNanos() / 1e9),
        "timestamp",
        run.history().run().started().toString());
  }

  private static long count(List<Check> checks, Check.Status status) {
    return checks.stream().filter(check -> check.status() == status).count();
  }

  private void properties(RunReport run) {
    var inputs = run.history().run();
    out.element(
        "properties",
        () -> {
          property("verdict", run.verdict().result().name());
          property("headline", run.headline());
          property("run", inputs.id().toString());
          property("key", inputs.key());
          inputs.setup().ifPresent(setup -> property("server", setup.server()));
          run.saved().ifPresent(place -> property("saved", place));
        });
  }

  private void property(String name, String value) {
    out.empty("property", "name", name, "value", value);
  }

  private void testCase(RunReport run, String name, Markup.Content result) {
    out.element(
        "testcase",
        result,
        "name",
        name,
        "classname",
        "ticket-sim." + run.history().run().strategy(),
        "time",
        "0");
  }

  private void conclusive(RunReport run) {
    if (run.verdict().result() == Result.UNKNOWN) {
      out.leaf(
          "error",
          run.verdict().advice().stream().map(Advice::text).collect(Collectors.joining("\n")),
          "type",
          Result.UNKNOWN.name(),
          "message",
          run.sentence());
    }
  }

  private void result(Check check) {
    switch (check.status()) {
      case PASS -> {}
      case FAIL -> out.leaf("failure", witness(check), "type", "broken", "message", check.detail());
      case NOT_EXERCISED -> out.empty("skipped", "message", check.detail());
    }
  }

  private static String witness(Check check) {
    return PlainRules.rule(check.name())
        + check.witness().stream()
            .flatMap(witness -> witness.attempts().stream())
            .map(attempt -> "\n" + ReceiptText.of(attempt))
            .collect(Collectors.joining());
  }

  private void result(LimitResult result) {
    if (result.missed()) {
      out.empty("failure", "type", "missed", "message", LimitText.of(result));
    }
  }

  private static String text(RunReport run) {
    var text = new StringWriter();
    Format.TEXT.render(run, false, new PrintWriter(text));
    return text.toString();
  }
}
