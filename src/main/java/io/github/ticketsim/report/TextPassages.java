package io.github.ticketsim.report;

import static io.github.ticketsim.report.TextPage.plain;
import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Fault;
import io.github.ticketsim.metrics.Durations;
import io.github.ticketsim.report.TextPage.Paint;
import io.github.ticketsim.verify.Check;
import io.github.ticketsim.verify.Judgement;
import io.github.ticketsim.verify.OrderLoss;
import java.math.BigDecimal;
import java.math.MathContext;

/** What the whole report and the short one say in the same words. */
final class TextPassages {
  private static final int HANG = 4;
  private static final int WITNESS_HANG = 8;

  private final RunReport report;
  private final TextPage page;
  private final Table checks;
  private final Table limits;
  private final Table fields;

  TextPassages(RunReport report, TextPage page) {
    this.report = report;
    this.page = page;
    this.checks = new Table(page).left(2, 13).left(2, 16).left(2, 0);
    this.limits = new Table(page).left(2, 7).left(2, 20).left(2, 0);
    this.fields = new Table(page).left(2, 10).left(2, 0);
  }

  /** A value behind its label. */
  void field(String label, String value) {
    fields.text(label, value);
  }

  /** The verdict, and why it is no better. */
  void verdict() {
    headline();
    causes();
    for (var advice : report.verdict().advice()) {
      page.text("  because ", HANG, plain(advice.text()));
    }
  }

  /** What may have gone wrong. */
  void causes() {
    for (var cause : report.verdict().causes()) {
      page.text("  likely cause: ", HANG, cause.text());
    }
  }

  /** The verdict alone, below a whole report. */
  static void answer(RunReport report, TextPage page) {
    page.line("");
    new TextPassages(report, page).headline();
  }

  /** The verdict in a line, if it fits into one. */
  void headline() {
    page.text("", 2, paintOf(report.verdict().result()), report.headline());
  }

  void check(Check check) {
    checks.text(
        paintOf(check.status()),
        check.status().words(),
        check.name().words(),
        plain(check.detail()));
  }

  void witness(Check check) {
    check.witness().ifPresent(witness -> witness.attempts().forEach(this::attempt));
  }

  private void attempt(Attempt attempt) {
    page.text(
        "      " + ReceiptText.buyer(attempt) + ": ", WITNESS_HANG, ReceiptText.fate(attempt));
  }

  void strike(Fault strike) {
    page.text(
        "      ",
        WITNESS_HANG,
        words(
            "at %s%s: %s",
            ReceiptText.seconds(strike.atNanos().orElseThrow()),
            strike.command().isPresent()
                ? words(", command %,d", strike.command().getAsLong())
                : "",
            plain(strike.detail())));
  }

  void limits() {
    for (var result : report.limits()) {
      limits.text(
          result.missed() ? Paint.RED : Paint.GREEN,
          result.missed() ? "missed" : "held",
          plain(result.limit().text()),
          LimitText.of(result));
    }
  }

  /** How often attempts were made, as far as somebody asked for that, and how often answered. */
  void pace() {
    var pace = report.measurements().pace();
    if (pace.asked().isPresent() && pace.sent().isPresent()) {
      field(
          "rate",
          words(
              "%s a second asked for, as planned for the time measured; %,.0f sent",
              counted(Math.round(pace.asked().getAsDouble()), "purchase"),
              pace.sent().getAsDouble()));
    }
    var warmUpMillis = report.history().run().warmUpMillis();
    if (warmUpMillis > 0) {
      field(
          "warm-up",
          words(
              "%,d ms, in which %s began: judged, left out of latencies",
              warmUpMillis, counted(report.measurements().warmedUp(), "attempt")));
    }
    field(
        "throughput",
        words(
            "%s a second over %.3f s",
            counted(Math.round(report.measurements().throughput()), "reply", "replies"),
            report.measurements().elapsed().toNanos() / 1e9));
    report.result().orderLoss().ifPresent(this::parts);
  }

  private void parts(OrderLoss loss) {
    field(
        "parts",
        words(
            "%,d, each with a clock of its own; order exact to within %s; %s of pairs lost theirs",
            loss.parts(), Durations.text(loss.withinNanos()), percent(loss.share())));
  }

  private static String percent(double share) {
    return BigDecimal.valueOf(100 * share).round(new MathContext(2)).toPlainString() + " %";
  }

  /** In one line, so that it can be copied. */
  void saved() {
    fields.row("saved", report.saved().map(TextPage::plain).orElse("not saved"));
  }

  void warnings() {
    if (report.warnings().isEmpty()) {
      return;
    }
    page.heading("warnings");
    for (var warning : report.warnings()) {
      page.text("  ", HANG, Paint.YELLOW, plain(warning.text()));
    }
  }

  private static Paint paintOf(Judgement.Result result) {
    return switch (result) {
      case VALID -> Paint.GREEN;
      case INVALID -> Paint.RED;
      case UNKNOWN -> Paint.YELLOW;
    };
  }

  private static Paint paintOf(Check.Status status) {
    return switch (status) {
      case PASS -> Paint.GREEN;
      case FAIL -> Paint.RED;
      case NOT_EXERCISED -> Paint.YELLOW;
    };
  }
}
