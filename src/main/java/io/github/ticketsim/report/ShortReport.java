package io.github.ticketsim.report;

import static io.github.ticketsim.report.TextPage.plain;
import static io.github.ticketsim.report.TextPassages.time;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.metrics.Phase;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a person wants to know first, on one screen of a terminal: the verdict, what is not as it
 * should be and one proof of that, then how fast it was.
 */
final class ShortReport {
  private static final int PERCENTILES = 5;

  private final RunReport report;
  private final TextPage page;
  private final TextPassages passages;

  ShortReport(RunReport report, boolean colour, PrintWriter out) {
    this.report = report;
    this.page = new TextPage(out, colour);
    this.passages = new TextPassages(report, page);
  }

  void print() {
    passages.verdict();
    page.line("");
    printChecks();
    passages.field("outcomes", outcomes());
    printFaults();
    passages.limits();
    passages.pace();
    passages.saved();
    passages.field(
        "details",
        "with --format text"
            + (report.saved().isPresent() ? "; `ticket-sim report` shows them later" : ""));
    printLatencies();
    passages.warnings();
  }

  private void printChecks() {
    var checks = report.verdict().checks();
    var others = checks.stream().filter(check -> check.status() != Check.Status.PASS).toList();
    // One proof is enough, and each takes half a dozen lines.
    var proof = others.stream().filter(check -> check.witness().isPresent()).findFirst();
    for (var check : others) {
      passages.check(check);
      proof.filter(check::equals).ifPresent(passages::witness);
    }
    var passed = checks.stream().filter(check -> check.status() == Check.Status.PASS).toList();
    if (!passed.isEmpty()) {
      passages.field(
          "passed",
          passed.stream().map(check -> check.name().words()).collect(Collectors.joining(", ")));
    }
  }

  private String outcomes() {
    var outcomes =
        Arrays.stream(Outcome.Kind.values())
            .filter(kind -> report.count(kind) > 0)
            .map(kind -> words("%,d %s", report.count(kind), TextPassages.label(kind)))
            .collect(Collectors.joining(", "));
    var fate = passages.fate();
    return outcomes.isEmpty() ? "no attempts" : fate.isEmpty() ? outcomes : outcomes + ", " + fate;
  }

  private void printFaults() {
    for (var group : FaultGroup.of(report.history().faults())) {
      passages.field("fault", plain(group.fault()) + " " + TextPassages.strikes(group));
    }
  }

  private void printLatencies() {
    if (report.measurements().total().isEmpty()) {
      return;
    }
    var table = new Table(page).left(2, 12);
    for (var i = 0; i < PERCENTILES; i++) {
      table.right(1, 9);
    }
    table.heading("latency", "p50", "p90", "p99", "p99.9", "max");
    for (var phase : Phase.values()) {
      report
          .measurements()
          .replies(phase)
          .ifPresent(
              times ->
                  table.row(
                      phase.words(),
                      time(times.p50()),
                      time(times.p90()),
                      time(times.p99()),
                      time(times.p999()),
                      time(times.max())));
    }
  }
}
