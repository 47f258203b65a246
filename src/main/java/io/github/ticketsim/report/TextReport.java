package io.github.ticketsim.report;

import static io.github.ticketsim.metrics.Durations.text;
import static io.github.ticketsim.report.TextPage.plain;
import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.metrics.Bar;
import io.github.ticketsim.stock.Outcome;
import java.io.PrintWriter;

/** All of a report for people: the verdict, then why, then how fast. */
final class TextReport {
  private static final int BAR_WIDTH = 40;
  private static final int PERCENTILES = 5;
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
    var outcomes = new Table(page).left(2, 13).right(1, 12).left(2, 0);
    for (var kind : report.outcomes()) {
      var count = words("%,d", report.count(kind));
      var fate = kind == Outcome.Kind.INDETERMINATE ? report.fate() : "";
      if (fate.isEmpty()) {
        outcomes.row(kind.words(), count);
      } else {
        outcomes.row(kind.words(), count, fate);
      }
    }
  }

  private void printFaults() {
    if (report.history().faults().isEmpty()) {
      return;
    }
    page.heading("faults injected");
    var faults = new Table(page).left(2, 20).left(2, 0);
    for (var group : FaultGroup.of(report.history().faults())) {
      faults.text(plain(group.fault()), plain(group.words()));
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
    var table = new Table(page).left(2, 13).left(1, 10).right(1, 10);
    for (var i = 0; i < PERCENTILES; i++) {
      table.right(1, 7);
    }
    table.heading("latency", "count", "p50", "p90", "p99", "p99.9", "max");
    for (var latency : latencies) {
      var times = latency.times();
      table.row(
          latency.outcome().words(),
          latency.phase().words(),
          words("%,d", times.count()),
          text(times.p50()),
          text(times.p90()),
          text(times.p99()),
          text(times.p999()),
          text(times.max()));
    }
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
    var table = new Table(page).left(2, 1).right(1, 7).left(1, 0).left(1, 0);
    for (var bar : bars) {
      // A bar that holds anything shows at least one character.
      var width = (int) Math.ceilDiv(bar.count() * BAR_WIDTH, most);
      table.row(
          "<",
          text(bar.belowNanos()),
          "|" + "#".repeat(width) + " ".repeat(BAR_WIDTH - width) + "|",
          words("%,d", bar.count()));
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
    passages.field(
        "strategy",
        words(
            "%s (model %s%s) on key %s",
            plain(run.strategy()),
            run.model().wireName(),
            run.brokenOnPurpose() ? ", broken on purpose" : "",
            plain(run.key())));
    run.setup().ifPresent(this::printSetup);
    passages.field("started", run.started().toString());
    passages.saved();
  }

  private void printSetup(Run.Setup setup) {
    passages.field(
        "setup",
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
