package io.github.ticketsim.report;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Fault;
import io.github.ticketsim.metrics.Bar;
import io.github.ticketsim.metrics.Latency;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check;
import io.github.ticketsim.verify.Verdict;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.OptionalLong;

/** The report that a person reads in ten seconds: the verdict, then why, then how fast. */
final class TextReport {
  private static final int BAR_WIDTH = 40;
  private static final int MOST_STRIKES = 3;
  private static final String GREEN = "\u001B[32m";
  private static final String RED = "\u001B[31m";
  private static final String YELLOW = "\u001B[33m";
  private static final String RESET = "\u001B[0m";

  private final RunReport report;
  private final boolean colour;

  TextReport(RunReport report, boolean colour) {
    this.report = report;
    this.colour = colour;
  }

  void print(PrintWriter out) {
    out.println(paint(colourOf(report.verdict().result()), report.headline()));
    for (var cause : report.verdict().causes()) {
      out.println("  likely cause: " + cause);
    }
    for (var advice : report.verdict().advice()) {
      out.println("  because " + plain(advice));
    }
    printChecks(out);
    printOutcomes(out);
    printFaults(out);
    printLatencies(out);
    printHistogram(out);
    printLimits(out);
    printRun(out);
    printWarnings(out);
  }

  private void printChecks(PrintWriter out) {
    heading(out, "checks");
    for (var check : report.verdict().checks()) {
      var status = words("%-13s", check.status().words());
      out.println(
          words(
              "  %s  %-16s  %s",
              paint(colourOf(check.status()), status),
              check.name().words(),
              plain(check.detail())));
      check.witness().ifPresent(witness -> witness.attempts().forEach(a -> printAttempt(out, a)));
    }
  }

  private static void printAttempt(PrintWriter out, Attempt attempt) {
    out.println(
        words(
            "      buyer %,d: %s, called at %s, %s, id %s",
            attempt.buyer(),
            outcome(attempt.outcome()),
            seconds(attempt.callNanos()),
            attempt.returnNanos().isPresent()
                ? "returned at " + seconds(attempt.returnNanos().getAsLong())
                : "no reply",
            attempt.id()));
  }

  private static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Sold(var value) -> "sold" + value(value);
      case Outcome.SoldOut(var value) -> "sold out" + value(value);
      case Outcome.Failed(var error) -> "failed (" + plain(error) + ")";
      case Outcome.Indeterminate(var error) -> "indeterminate (" + plain(error) + ")";
    };
  }

  private static String value(OptionalLong value) {
    return value.isPresent() ? words(" with value %,d", value.getAsLong()) : "";
  }

  private void printOutcomes(PrintWriter out) {
    heading(out, "outcomes of " + counted(report.history().attempts().size(), "attempt"));
    for (var kind : Outcome.Kind.values()) {
      var line = words("  %-13s %,12d", label(kind), report.count(kind));
      out.println(kind == Outcome.Kind.INDETERMINATE ? line + fate() : line);
    }
  }

  /** How many of the attempts of unknown fate took a ticket, as far as that can be told. */
  private String fate() {
    if (report.count(Outcome.Kind.INDETERMINATE) == 0) {
      return "";
    }
    var replied = report.count(Outcome.Kind.SOLD);
    // Of replies that make no sense not even the sales are counted as confirmed.
    var atLeast = Math.max(0, report.verdict().sold().atLeast() - replied);
    var atMost = Math.max(0, report.verdict().sold().atMost() - replied);
    return atLeast == atMost
        ? words("  of which %,d took a ticket", atLeast)
        : words("  of which between %,d and %,d took a ticket", atLeast, atMost);
  }

  private void printFaults(PrintWriter out) {
    if (report.history().faults().isEmpty()) {
      return;
    }
    heading(out, "faults injected");
    for (var group : FaultGroup.of(report.history().faults())) {
      out.println(words("  %-20s  %s", plain(group.fault()), strikes(group)));
      group.strikes().stream().limit(MOST_STRIKES).forEach(strike -> printStrike(out, strike));
      if (group.strikes().size() > MOST_STRIKES) {
        out.println(words("      and %,d more", group.strikes().size() - MOST_STRIKES));
      }
    }
  }

  private static String strikes(FaultGroup group) {
    return switch (group.strikes().size()) {
      case 0 -> "never struck: " + plain(group.excuse());
      case 1 -> "struck once";
      default ->
          words(
              "struck %,d times, from %s to %s",
              group.strikes().size(), seconds(group.firstNanos()), seconds(group.lastNanos()));
    };
  }

  private static void printStrike(PrintWriter out, Fault strike) {
    out.println(
        words(
            "      at %s%s: %s",
            seconds(strike.atNanos().orElseThrow()),
            strike.command().isPresent()
                ? words(", command %,d", strike.command().getAsLong())
                : "",
            plain(strike.detail())));
  }

  private void printLatencies(PrintWriter out) {
    var latencies = report.measurements().latencies();
    if (latencies.isEmpty()) {
      return;
    }
    heading(
        out,
        words(
            "%-26s %9s %9s %9s %9s %9s %9s",
            "latency", "count", "p50", "p90", "p99", "p99.9", "max"));
    for (var latency : latencies) {
      out.println(line(latency));
    }
  }

  private static String line(Latency latency) {
    return words(
        "  %-13s %-10s %,9d %9s %9s %9s %9s %9s",
        label(latency.outcome()),
        latency.phase().words(),
        latency.times().count(),
        time(latency.times().p50()),
        time(latency.times().p90()),
        time(latency.times().p99()),
        time(latency.times().p999()),
        time(latency.times().max()));
  }

  private void printHistogram(PrintWriter out) {
    var bars = report.measurements().histogram();
    if (bars.isEmpty()) {
      return;
    }
    heading(
        out,
        (report.measurements().open() ? "response" : "total")
            + " time of the attempts with a reply");
    var most = bars.stream().mapToLong(Bar::count).max().orElse(1);
    for (var bar : bars) {
      // A bar that holds anything shows at least one character.
      var width = (int) Math.ceilDiv(bar.count() * BAR_WIDTH, most);
      out.println(
          words(
              "  < %7s |%s| %,d",
              time(bar.belowNanos()),
              "#".repeat(width) + " ".repeat(BAR_WIDTH - width),
              bar.count()));
    }
  }

  private void printLimits(PrintWriter out) {
    if (report.limits().isEmpty()) {
      return;
    }
    heading(out, "limits");
    for (var result : report.limits()) {
      var status = words("%-7s", result.missed() ? "missed" : "held");
      out.println(
          words(
              "  %s  %-20s  %s",
              paint(result.missed() ? RED : GREEN, status),
              plain(result.limit().text()),
              LimitText.of(result)));
    }
  }

  private void printRun(PrintWriter out) {
    var run = report.history().run();
    heading(out, "run");
    printPace(out);
    out.println(
        words(
            "  throughput  %s a second over %.3f s",
            counted(Math.round(report.measurements().throughput()), "reply", "replies"),
            report.measurements().elapsed().toNanos() / 1e9));
    out.println(
        words(
            "  strategy    %s (model %s%s) on key %s",
            plain(run.strategy()),
            run.model().word(),
            run.brokenOnPurpose() ? ", broken on purpose" : "",
            plain(run.key())));
    run.setup()
        .ifPresent(
            setup ->
                out.println(
                    words(
                        "  setup       %s, %s, pool of %,d, timeout %,d ms%s, ticket-sim %s",
                        plain(setup.server()),
                        plain(setup.load()),
                        setup.pool(),
                        setup.timeoutMillis(),
                        setup.seed().isPresent() ? ", seed " + setup.seed().getAsLong() : "",
                        plain(setup.version()))));
    out.println("  started     " + run.started());
    out.println("  saved       " + report.saved().map(TextReport::plain).orElse("not saved"));
  }

  private void printPace(PrintWriter out) {
    var pace = report.measurements().pace();
    if (pace.asked().isPresent() && pace.sent().isPresent()) {
      out.println(
          words(
              "  rate        %s a second asked for, as planned for the time measured; %,.0f sent",
              counted(Math.round(pace.asked().getAsDouble()), "purchase"),
              pace.sent().getAsDouble()));
    }
    var warmUpMillis = report.history().run().warmUpMillis();
    if (warmUpMillis > 0) {
      out.println(
          words(
              "  warm-up     %,d ms, in which %s began: judged, left out of latencies",
              warmUpMillis, counted(report.measurements().warmedUp(), "attempt")));
    }
  }

  private void printWarnings(PrintWriter out) {
    if (report.warnings().isEmpty()) {
      return;
    }
    heading(out, "warnings");
    for (var warning : report.warnings()) {
      out.println("  " + paint(YELLOW, plain(warning.text())));
    }
  }

  private static void heading(PrintWriter out, String text) {
    out.println();
    out.println(text);
  }

  private static String label(Outcome.Kind kind) {
    return kind.word().replace('_', ' ');
  }

  private static String seconds(long nanos) {
    return words("%.6f s", nanos / 1e9);
  }

  /** Three significant digits or so, in the unit that fits. */
  static String time(long nanos) {
    if (nanos < 1_000) {
      return words("%d ns", nanos);
    }
    if (nanos < 1_000_000) {
      return scaled(nanos / 1e3, "us");
    }
    return nanos < Duration.ofSeconds(1).toNanos()
        ? scaled(nanos / 1e6, "ms")
        : scaled(nanos / 1e9, "s");
  }

  private static String scaled(double value, String unit) {
    var digits = value < 10 ? 2 : value < 100 ? 1 : 0;
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP) + " " + unit;
  }

  /** Text of a foreign file without what would move the cursor or change colours. */
  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private String paint(String code, String text) {
    return colour ? code + text + RESET : text;
  }

  private static String colourOf(Verdict.Result result) {
    return switch (result) {
      case VALID -> GREEN;
      case INVALID -> RED;
      case UNKNOWN -> YELLOW;
    };
  }

  private static String colourOf(Check.Status status) {
    return switch (status) {
      case PASS -> GREEN;
      case FAIL -> RED;
      case NOT_EXERCISED -> YELLOW;
    };
  }
}
