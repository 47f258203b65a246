package io.github.ticketsim.report.file;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.report.LimitText;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.verify.Advice;
import io.github.ticketsim.verify.Cause;
import io.github.ticketsim.verify.Check;
import io.github.ticketsim.verify.Judgement.Result;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** One run on a page: the verdict, the proof, then how it went. */
final class RunSection {
  private static final DateTimeFormatter STARTED =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Markup out;
  private final RunReport report;

  RunSection(Markup out, RunReport report) {
    this.out = out;
    this.report = report;
  }

  void write(String id) {
    out.element(
        "article",
        () -> {
          verdict();
          proof();
          checks();
          new CourseSection(out, report).write();
          new SettingSection(out, report).write();
        },
        "id",
        id);
  }

  private void verdict() {
    var result = report.verdict().result();
    var run = report.history().run();
    out.element(
        "header",
        () -> {
          out.leaf(
              "p",
              words("%s on %s, %s", run.strategy(), run.key(), STARTED.format(run.started())),
              "class",
              "kicker");
          out.element(
              "h1",
              () -> {
                out.leaf("span", symbol(result), "class", "symbol", "aria-hidden", "true");
                out.text(" " + result);
              });
          out.leaf("p", capital(report.sentence()) + ".", "class", "lead");
          out.leaf("p", meaning(result));
          for (var reason : reasons()) {
            out.leaf("p", reason);
          }
        },
        "class",
        "verdict " + word(result));
  }

  static String symbol(Result result) {
    return switch (result) {
      case VALID -> "\u2713";
      case INVALID -> "\u2717";
      case UNKNOWN -> "?";
    };
  }

  private String meaning(Result result) {
    return switch (result) {
      case VALID ->
          words(
              "This sale was sound: %s, and every answer fits what was left of the stock at the"
                  + " time.",
              counted(report.history().attempts().size(), "attempt was", "attempts were")
                  + " recorded");
      case INVALID ->
          "This sale is broken, and the record proves it: no order of the attempts explains the"
              + " answers that the buyers got and the stock that was left.";
      case UNKNOWN -> "This run proves nothing, neither that the sale is sound nor that it is not.";
    };
  }

  private Stream<String> reasonsOf(Stream<String> texts, String start) {
    return texts.map(text -> start + text + ".");
  }

  private List<String> reasons() {
    var verdict = report.verdict();
    return Stream.concat(
            reasonsOf(verdict.causes().stream().map(Cause::text), "Likely cause: "),
            reasonsOf(verdict.advice().stream().map(Advice::text), "Because "))
        .toList();
  }

  /** Pictures, and the failures that no picture shows. */
  private void proof() {
    var pictures = Picture.of(report);
    var figures =
        report.verdict().checks().stream()
            .filter(check -> check.status() == Check.Status.FAIL)
            .filter(check -> pictures.stream().noneMatch(each -> each.broken().contains(check)))
            .toList();
    if (pictures.isEmpty() && figures.isEmpty()) {
      return;
    }
    out.element(
        "section",
        () -> {
          out.leaf(
              "h2",
              report.verdict().result() == Result.INVALID ? "What is wrong" : "What happened");
          pictures.forEach(this::picture);
          for (var check : figures) {
            out.element("div", () -> broken(check), "class", "card");
          }
        });
  }

  private void picture(Picture picture) {
    out.element(
        "div",
        () -> {
          picture.broken().forEach(this::broken);
          if (picture.broken().isEmpty()) {
            out.leaf("h3", picture.title());
            out.leaf("p", picture.words());
          }
          new Lanes(out, picture, report.history().faults()).write();
          attempts(picture.attempts());
        },
        "class",
        "card");
  }

  private void broken(Check check) {
    out.element(
        "h3",
        () -> {
          out.leaf("span", "\u2717 broken", "class", "status fail");
          out.text(" " + capital(check.name().words()));
        });
    out.element(
        "p",
        () -> {
          out.leaf("b", capital(check.detail()) + ".");
          out.text(" The rule: " + PlainRules.rule(check.name()));
        });
    var reading = check.witness().isPresent() ? PlainRules.reading(check.name()) : "";
    if (!reading.isEmpty()) {
      out.leaf("p", reading, "class", "reading");
    }
  }

  private void attempts(List<Attempt> attempts) {
    out.element(
        "details",
        () -> {
          out.leaf("summary", "These attempts as they were recorded");
          Html.table(
              out,
              List.of("buyer", "outcome", "value", "call (ns)", "return (ns)", "id"),
              attempts.stream().map(RunSection::receipt).toList());
        });
  }

  private static List<String> receipt(Attempt attempt) {
    return List.of(
        words("%,d", attempt.buyer()) + attempt.particulars().words(),
        attempt.outcome().kind().words(),
        number(attempt.outcome().value()),
        words("%,d", attempt.callNanos()),
        number(attempt.returnNanos()),
        attempt.id().toString());
  }

  private static String number(OptionalLong value) {
    return value.isPresent() ? words("%,d", value.getAsLong()) : "";
  }

  private void checks() {
    out.element(
        "section",
        () -> {
          out.leaf("h2", "What was checked");
          out.element(
              "ul", () -> report.verdict().checks().forEach(this::check), "class", "checks");
          limits();
        });
  }

  private void check(Check check) {
    out.element(
        "li",
        () -> {
          out.leaf("span", mark(check), "class", "status " + status(check.status()));
          out.element(
              "div",
              () -> {
                out.leaf("b", capital(check.name().words()));
                out.text(": " + check.detail() + ".");
                out.leaf("small", PlainRules.rule(check.name()));
              });
        });
  }

  static String mark(Check check) {
    return switch (check.status()) {
      case PASS -> "\u2713 pass";
      case FAIL -> "\u2717 fail";
      case NOT_EXERCISED -> "? not exercised";
    };
  }

  private static String status(Check.Status status) {
    return word(status).replace('_', '-');
  }

  private void limits() {
    if (report.limits().isEmpty()) {
      return;
    }
    out.leaf("h3", "Limits");
    out.element(
        "ul",
        () ->
            report
                .limits()
                .forEach(
                    result ->
                        out.element(
                            "li",
                            () -> {
                              out.leaf(
                                  "span",
                                  result.missed() ? "\u2717 missed" : "\u2713 held",
                                  "class",
                                  "status " + (result.missed() ? "fail" : "pass"));
                              out.element(
                                  "div",
                                  () -> {
                                    out.leaf("b", result.limit().text());
                                    out.text(": " + LimitText.of(result));
                                  });
                            })),
        "class",
        "checks");
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String capital(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
