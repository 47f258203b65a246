package io.github.ticketsim.report;

import static io.github.ticketsim.report.TextPage.plain;
import static io.github.ticketsim.report.TextPassages.label;
import static io.github.ticketsim.report.TextPassages.time;
import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.metrics.Bar;
import io.github.ticketsim.metrics.Latency;
import io.github.ticketsim.stock.Outcome;
import java.io.PrintWriter;

/** All of a report for people: the verdict, then why, then how fast. */
final class TextReport {
  private static final int BAR_WIDTH = 40;
  private static final int MOST_STRIKES = 3;

  private final RunReport report;
  private final TextPage page;
  private final TextPassages passages;

  TextReport(RunReport report, boolean colour, PrintWriter out) {
    this.report = report;
    this.page = new TextPage(out, colour);
    this.passages = new TextPassages(report, page);
  }

  void print() {
    passages.verdict();
    printChecks();
    printOutcomes();
    printFaults();
    printLatencies();
    printHistogram();
    printLimits();
    printRun();
    passages.warnings();
  }

  private void printChecks() {
    page.heading("checks");
    for (var check : report.verdict().checks()) {
      passages.check(check);
      passages.witness(check);
    }
  }

  private void printOutcomes() {
    page.heading("outcomes of " + counted(report.history().attempts().size(), "attempt"));
    for (var kind : Outcome.Kind.values()) {
      var line = words("  %-13s %,12d", label(kind), report.count(kind));
      var fate = kind == Outcome.Kind.INDETERMINATE ? passages.fate() : "";
      page.line(fate.isEmpty() ? line : line + "  " + fate);
    }
  }

  private void printFaults() {
    if (report.history().faults().isEmpty()) {
      return;
    }
    page.heading("faults injected");
    for (var group : FaultGroup.of(report.history().faults())) {
      page.text(words("  %-20s  ", plain(group.fault())), TextPassages.strikes(group));
      group.strikes().stream().limit(MOST_STRIKES).forEach(passages::strike);
      if (group.strikes().size() > MOST_STRIKES) {
        page.line(words("      and %,d more", group.strikes().size() - MOST_STRIKES));
      }
    }
  }

  private void printLatencies() {
    var latencies = report.measurements().latencies();
    if (latencies.isEmpty()) {
      return;
    }
    page.heading(
        words("%-26s%11s%8s%8s%8s%8s%8s", "latency", "count", "p50", "p90", "p99", "p99.9", "max"));
    for (var latency : latencies) {
      page.line(line(latency));
    }
  }

  private static String line(Latency latency) {
    return words(
        "  %-13s %-10s%,11d%8s%8s%8s%8s%8s",
        label(latency.outcome()),
        latency.phase().words(),
        latency.times().count(),
        time(latency.times().p50()),
        time(latency.times().p90()),
        time(latency.times().p99()),
        time(latency.times().p999()),
        time(latency.times().max()));
  }

  private void printHistogram() {
    var bars = report.measurements().histogram();
    if (bars.isEmpty()) {
      return;
    }
    page.heading(
        (report.measurements().open() ? "response" : "total")
            + " time of the attempts with a reply");
    var most = bars.stream().mapToLong(Bar::count).max().orElse(1);
    for (var bar : bars) {
      // A bar that holds anything shows at least one character.
      var width = (int) Math.ceilDiv(bar.count() * BAR_WIDTH, most);
      page.line(
          words(
              "  < %7s |%s| %,d",
              time(bar.belowNanos()),
              "#".repeat(width) + " ".repeat(BAR_WIDTH - width),
              bar.count()));
    }
  }

  private void printLimits() {
    if (!report.limits().isEmpty()) {
      page.heading("limits");
      passages.limits();
    }
  }

  private void printRun() {
    var run = report.history().run();
    page.heading("run");
    passages.pace();
    page.text(
        "  strategy    ",
        words(
            "%s (model %s%s) on key %s",
            plain(run.strategy()),
            run.model().word(),
            run.brokenOnPurpose() ? ", broken on purpose" : "",
            plain(run.key())));
    run.setup().ifPresent(this::printSetup);
    page.line("  started     " + run.started());
    passages.saved();
  }

  private void printSetup(Run.Setup setup) {
    page.text(
        "  setup       ",
        words(
            "%s, %s, pool of %,d, timeout %,d ms%s, ticket-sim %s",
            plain(setup.server()),
            plain(setup.load()),
            setup.pool(),
            setup.timeoutMillis(),
            setup.seed().isPresent() ? ", seed " + setup.seed().getAsLong() : "",
            plain(setup.version())));
  }
}
