package io.github.ticketsim.report;

import static io.github.ticketsim.metrics.Durations.text;
import static io.github.ticketsim.report.TextPage.plain;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.metrics.Phase;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check;
import io.github.ticketsim.verify.Judgement.Result;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a person wants to know first, on one screen of a terminal: the verdict, what is not as it
 * should be and one proof of that, then how fast it was.
 */
final class ShortReport {
  private static final int PERCENTILES = 5;

  /** Of a terminal with 24 lines, the command and the next prompt take two. */
  private static final int LINES = 22;

  private static final int MOST_CAUSE_LINES = 5;
  private static final int MOST_FAULTS = 2;

  private final RunReport report;
  private final boolean colour;
  private final PrintWriter out;
  private final TextPage page;
  private final TextPassages passages;

  ShortReport(RunReport report, boolean colour, PrintWriter out) {
    this.report = report;
    this.colour = colour;
    this.out = out;
    this.page = new TextPage(out, colour);
    this.passages = new TextPassages(report, page);
  }

  void print() {
    if (report.verdict().result() == Result.INVALID) {
      printBroken();
      return;
    }
    passages.verdict();
    page.line("");
    printChecks();
    passages.field("outcomes", outcomes());
    printFaults(passages);
    passages.limits();
    passages.pace();
    passages.saved();
    printDetails(passages);
    printLatencies();
    passages.warnings();
  }

  /**
   * What is broken, on one screen: how fast a broken sale was matters less than that nothing of
   * this scrolls away.
   */
  private void printBroken() {
    var failed = checks(Check.Status.FAIL);
    var head = new ArrayList<>(section(2, TextPassages::headline));
    head.addAll(section(2, TextPassages::causes).stream().limit(MOST_CAUSE_LINES).toList());
    head.add("");
    var tail = new ArrayList<>(section(2, this::printPassed));
    tail.addAll(
        section(
            1,
            on -> {
              on.field("outcomes", outcomes());
              on.pace();
              on.saved();
              printDetails(on);
            }));
    tail.addAll(section(1, this::printFaults).stream().limit(MOST_FAULTS).toList());
    var room = LINES - head.size() - tail.size();
    var witnesses = witnesses(failed, room - failed.size());
    var left = room - failed.size() - witnesses.stream().mapToInt(List::size).sum();
    head.forEach(out::println);
    for (var i = 0; i < failed.size(); i++) {
      var check = failed.get(i);
      var details = section(left > 0 ? 2 : 1, on -> on.check(check));
      left -= details.size() - 1;
      details.forEach(out::println);
      witnesses.get(i).forEach(out::println);
    }
    tail.forEach(out::println);
  }

  /**
   * As many attempts of each check as there is room for, wrapped if all of them fit; no check gets
   * two before all have one.
   */
  private List<List<String>> witnesses(List<Check> failed, int room) {
    var wrapped = failed.stream().map(check -> section(2, on -> on.witness(check))).toList();
    var details =
        failed.stream().mapToInt(check -> section(2, on -> on.check(check)).size() - 1).sum();
    if (wrapped.stream().mapToInt(List::size).sum() + details <= room) {
      return wrapped;
    }
    var whole = failed.stream().map(check -> section(1, on -> on.witness(check))).toList();
    var most = whole.stream().mapToInt(List::size).max().orElse(0);
    var counts = new int[failed.size()];
    var left = room;
    for (var each = 1; each <= most; each++) {
      for (var i = 0; i < counts.length; i++) {
        if (left > 0 && whole.get(i).size() >= each) {
          counts[i] = each;
          left--;
        }
      }
    }
    return IntStream.range(0, counts.length)
        .mapToObj(i -> whole.get(i).subList(0, counts[i]))
        .toList();
  }

  /** The lines of a part, in which no text takes more than {@code mostLines}. */
  private List<String> section(int mostLines, Consumer<TextPassages> part) {
    var text = new StringWriter();
    try (var writer = new PrintWriter(text)) {
      part.accept(new TextPassages(report, new TextPage(writer, colour, mostLines)));
    }
    return text.toString().lines().toList();
  }

  private void printDetails(TextPassages on) {
    on.field(
        "details",
        "with --format text"
            + (report.saved().isPresent() ? "; `report --format text` shows them later" : ""));
  }

  private List<Check> checks(Check.Status status) {
    return report.verdict().checks().stream().filter(check -> check.status() == status).toList();
  }

  private void printChecks() {
    checks(Check.Status.NOT_EXERCISED).forEach(passages::check);
    printPassed(passages);
  }

  private void printPassed(TextPassages on) {
    var passed = checks(Check.Status.PASS);
    if (!passed.isEmpty()) {
      on.field(
          "passed",
          passed.stream().map(check -> check.name().words()).collect(Collectors.joining(", ")));
    }
  }

  private String outcomes() {
    var outcomes =
        Arrays.stream(Outcome.Kind.values())
            .filter(kind -> report.count(kind) > 0)
            .map(kind -> words("%,d %s", report.count(kind), kind.words()))
            .collect(Collectors.joining(", "));
    var fate = report.fate();
    return outcomes.isEmpty() ? "no attempts" : fate.isEmpty() ? outcomes : outcomes + ", " + fate;
  }

  private void printFaults(TextPassages on) {
    for (var group : FaultGroup.of(report.history().faults())) {
      on.field("fault", plain(group.fault()) + " " + plain(group.words()));
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
                      text(times.p50()),
                      text(times.p90()),
                      text(times.p99()),
                      text(times.p999()),
                      text(times.max())));
    }
  }
}
