package io.github.ticketsim.report;

import static io.github.ticketsim.report.TextPage.plain;
import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Fault;
import io.github.ticketsim.ledger.Particulars;
import io.github.ticketsim.report.TextPage.Paint;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check;
import io.github.ticketsim.verify.Judgement;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.OptionalLong;

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
        words("      buyer %,d%s: ", attempt.buyer(), particulars(attempt.particulars())),
        WITNESS_HANG,
        words(
            "%s, called at %s, %s, id %s",
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
      case Outcome.Limited(var value) -> "limited" + value(value);
      case Outcome.Failed(var error) -> "failed (" + plain(error) + ")";
      case Outcome.Indeterminate(var error) -> "indeterminate (" + plain(error) + ")";
    };
  }

  private static String value(OptionalLong value) {
    return value.isPresent() ? words(" with value %,d", value.getAsLong()) : "";
  }

  /** How many of the attempts of unknown fate took a ticket, as far as that can be told. */
  String fate() {
    // With several tickets a purchase, tickets do not say how many attempts took them.
    if (report.count(Outcome.Kind.INDETERMINATE) == 0 || !report.history().attempts().single()) {
      return "";
    }
    var replied = report.count(Outcome.Kind.SOLD);
    // Of replies that make no sense not even the sales are counted as confirmed.
    var atLeast = Math.max(0, report.verdict().sold().atLeast() - replied);
    var atMost = Math.max(0, report.verdict().sold().atMost() - replied);
    return atLeast == atMost
        ? words("of which %,d took a ticket", atLeast)
        : words("of which between %,d and %,d took a ticket", atLeast, atMost);
  }

  static String strikes(FaultGroup group) {
    return switch (group.strikes().size()) {
      case 0 -> "never struck: " + plain(group.excuse());
      case 1 -> "struck once";
      default ->
          words(
              "struck %,d times, from %s to %s",
              group.strikes().size(), seconds(group.firstNanos()), seconds(group.lastNanos()));
    };
  }

  void strike(Fault strike) {
    page.text(
        "      ",
        WITNESS_HANG,
        words(
            "at %s%s: %s",
            seconds(strike.atNanos().orElseThrow()),
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

  /** What tells one customer, item or purchase from others, if anything does. */
  private static String particulars(Particulars particulars) {
    return particulars.customer().map(name -> ", customer " + plain(name)).orElse("")
        + particulars.item().map(name -> ", item " + plain(name)).orElse("")
        + (particulars.quantity() == 1 ? "" : words(", %,d tickets", particulars.quantity()))
        + particulars.key().map(name -> ", key " + plain(name)).orElse("")
        + particulars.order().map(name -> ", order " + plain(name)).orElse("");
  }

  static String label(Outcome.Kind kind) {
    return kind.wireName().replace('_', ' ');
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
