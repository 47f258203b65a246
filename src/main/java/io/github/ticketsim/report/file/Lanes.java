package io.github.ticketsim.report.file;

import static io.github.ticketsim.report.file.Html.percent;
import static io.github.ticketsim.report.file.Html.time;
import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Fault;
import io.github.ticketsim.report.file.TimeScale.Stretch;
import io.github.ticketsim.stock.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * A lane a buyer, and in it a bar an attempt, from its call to its return. An attempt without a
 * reply has a bar without an end.
 */
final class Lanes {
  private static final int MOST_STRIKES = 6;

  /** An attempt without a reply goes on behind all else for this share of the time. */
  private static final int OPEN_SHARE = 8;

  /**
   * What stands out between attempts.
   *
   * @param words for it
   */
  private record Mark(Stretch stretch, String words) {}

  private final Markup out;
  private final Picture picture;
  private final boolean clash;
  private final long end;
  private final TimeScale scale;
  private final List<Fault> strikes;
  private final Optional<Mark> mark;

  Lanes(Markup out, Picture picture, List<Fault> faults) {
    this.out = out;
    this.picture = picture;
    this.clash = !picture.broken().isEmpty();
    var attempts = picture.attempts();
    var first = attempts.stream().mapToLong(Attempt::callNanos).min().orElseThrow();
    var last = attempts.stream().mapToLong(Lanes::known).max().orElseThrow();
    this.strikes =
        faults.stream()
            .filter(each -> each.atNanos().orElse(Long.MIN_VALUE) >= first)
            .filter(each -> each.atNanos().orElseThrow() <= last)
            .sorted(Comparator.comparingLong(each -> distance(attempts, each)))
            .toList();
    var open = attempts.stream().anyMatch(each -> each.returnNanos().isEmpty());
    this.end = open ? last + Math.max(1, (last - first) / OPEN_SHARE) : last;
    this.scale = new TimeScale(attempts.stream().map(this::stretch).toList());
    this.mark = clash && attempts.size() > 1 ? mark(attempts) : Optional.empty();
  }

  /** From the nearest call: faults hit commands that were just sent. */
  private static long distance(List<Attempt> attempts, Fault strike) {
    var at = strike.atNanos().orElseThrow();
    return attempts.stream().mapToLong(each -> Math.abs(at - each.callNanos())).min().orElseThrow();
  }

  private static long known(Attempt attempt) {
    return Math.max(attempt.callNanos(), attempt.returnNanos().orElse(attempt.callNanos()));
  }

  private Stretch stretch(Attempt attempt) {
    return new Stretch(
        attempt.callNanos(), attempt.returnNanos().isPresent() ? known(attempt) : end);
  }

  /** When all were under way, or between one that was over and one that was not yet called. */
  private Optional<Mark> mark(List<Attempt> attempts) {
    var from = attempts.stream().mapToLong(Attempt::callNanos).max().orElseThrow();
    var to = attempts.stream().mapToLong(each -> stretch(each).to()).min().orElseThrow();
    if (from <= to) {
      return Optional.of(
          new Mark(
              new Stretch(from, to), attempts.size() == 2 ? "both under way" : "all under way"));
    }
    return attempts.size() == 2
        ? Optional.of(new Mark(new Stretch(to, from), "first answered, then asked"))
        : Optional.empty();
  }

  void write() {
    out.element(
        "div",
        () -> {
          mark.ifPresent(this::label);
          out.element("ol", () -> byBuyer().forEach(this::lane));
          axis();
        },
        "class",
        "lanes");
    reading();
    strikes();
  }

  private Collection<List<Attempt>> byBuyer() {
    var lanes = new LinkedHashMap<Integer, List<Attempt>>();
    for (var attempt : picture.attempts()) {
      lanes.computeIfAbsent(attempt.buyer(), _ -> new ArrayList<>()).add(attempt);
    }
    return lanes.values();
  }

  private void label(Mark found) {
    out.element(
        "svg",
        () -> {
          var middle = (at(found.stretch.from()) + at(found.stretch.to())) / 2;
          out.leaf("text", found.words, placed(middle, "13"));
        },
        "class",
        "label",
        "height",
        "18",
        "aria-hidden",
        "true");
  }

  /** Text at a place, so that none of it lies outside of the picture. */
  private static String[] placed(double at, String y) {
    var anchor = at < 30 ? "start" : at > 70 ? "end" : "middle";
    return new String[] {"x", percent(at), "y", y, "text-anchor", anchor};
  }

  private void lane(List<Attempt> attempts) {
    out.element(
        "li",
        () -> {
          attempts.forEach(this::told);
          out.element(
              "svg",
              () -> drawing(attempts),
              "height",
              "100%",
              "width",
              "100%",
              "aria-hidden",
              "true");
        });
  }

  private void told(Attempt attempt) {
    var outcome = attempt.outcome();
    out.element(
        "p",
        () -> {
          out.leaf("b", words("Buyer %,d", attempt.buyer()));
          out.text(attempt.particulars().words() + " ");
          out.leaf(
              "span",
              outcome.kind() == Outcome.Kind.INDETERMINATE ? "no answer" : outcome.kind().words(),
              "class",
              "chip " + Palette.of(outcome.kind()));
          if (outcome.value().isPresent()) {
            out.text(" ");
            out.leaf(
                "span",
                words("value %,d", outcome.value().getAsLong()),
                "class",
                clash ? "chip clash" : "chip");
          }
          if (!outcome.kind().replied()) {
            out.text(" " + outcome.error());
          }
          out.leaf(
              "small",
              attempt.returnNanos().isPresent()
                  ? words(
                      " asked at %s, answered at %s",
                      moment(attempt.callNanos()), moment(attempt.returnNanos().getAsLong()))
                  : words(" asked at %s", moment(attempt.callNanos())));
        });
  }

  /** Counted from the first call in the picture. */
  private String moment(long nanos) {
    return nanos == scale.from()
        ? "0"
        : (nanos < scale.from() ? "" : "+") + time(nanos - scale.from());
  }

  private double at(long nanos) {
    return scale.at(nanos);
  }

  private void drawing(List<Attempt> attempts) {
    scale.shown().stream()
        .filter(TimeScale.Shown::cut)
        .forEach(each -> area("cut", each.left(), each.right()));
    mark.ifPresent(found -> area("mark", at(found.stretch.from()), at(found.stretch.to())));
    strikes.stream()
        .limit(MOST_STRIKES)
        .forEach(
            each -> {
              var x = percent(at(each.atNanos().orElseThrow()));
              out.empty("line", "class", "strike", "x1", x, "x2", x, "y1", "0", "y2", "100%");
            });
    // Bars lie at the foot of the lane, however many lines of text are above them.
    out.element(
        "svg",
        () -> {
          out.empty("line", "class", "rail", "x1", "0", "x2", "100%", "y1", "-14", "y2", "-14");
          attempts.forEach(this::bar);
        },
        "y",
        "100%",
        "width",
        "100%",
        "height",
        "1",
        "overflow",
        "visible");
  }

  private void area(String kind, double left, double right) {
    out.empty(
        "rect",
        "class",
        kind,
        "x",
        percent(left),
        "width",
        percent(Math.max(0, right - left)),
        "y",
        "0",
        "height",
        "100%");
  }

  private void bar(Attempt attempt) {
    var left = at(attempt.callNanos());
    var open = attempt.returnNanos().isEmpty();
    var right = open ? 100 : at(known(attempt));
    out.empty(
        "rect",
        "class",
        "bar " + Palette.of(attempt.outcome().kind()) + (open ? " open" : ""),
        "x",
        percent(left),
        "width",
        percent(right - left),
        "y",
        "-22",
        "height",
        "16",
        "rx",
        "2");
  }

  private void axis() {
    out.element(
        "svg",
        () -> {
          out.leaf("text", "0", "x", "0", "y", "14");
          scale.shown().stream()
              .filter(TimeScale.Shown::cut)
              .forEach(
                  each ->
                      out.leaf(
                          "text",
                          time(each.stretch().to() - each.stretch().from()) + " later",
                          "x",
                          percent((each.left() + each.right()) / 2),
                          "y",
                          "14",
                          "text-anchor",
                          "middle"));
          out.leaf("text", moment(scale.to()), "x", "100%", "y", "14", "text-anchor", "end");
        },
        "class",
        "label",
        "height",
        "18",
        "aria-hidden",
        "true");
  }

  /** What the picture shows of the order of the attempts. */
  private void reading() {
    out.element(
        "p",
        () -> {
          out.text(words("0 is %s after the run began. ", time(scale.from())));
          if (clash) {
            for (var i = 1; i < picture.attempts().size(); i++) {
              out.text(order(picture.attempts().get(i - 1), picture.attempts().get(i)));
            }
            if (picture.attempts().size() > 1) {
              picture.broken().forEach(check -> out.text(PlainRules.conclusion(check.name())));
            }
          }
        },
        "class",
        "reading");
  }

  private String order(Attempt one, Attempt other) {
    if (one.buyer() == other.buyer() && one.callNanos() == other.callNanos()) {
      return "";
    }
    var first = one.callNanos() <= other.callNanos() ? one : other;
    var second = first.equals(one) ? other : one;
    var between = second.callNanos() - stretch(first).to();
    if (between > 0) {
      return words(
          "Buyer %,d had its answer %s before buyer %,d asked, so %s came first. ",
          first.buyer(),
          time(between),
          second.buyer(),
          first.buyer() == second.buyer() ? "that" : words("buyer %,d", first.buyer()));
    }
    return words(
        "Buyer %,d and buyer %,d were waiting for their answers at the same time, so either may"
            + " have come first. ",
        one.buyer(), other.buyer());
  }

  private void strikes() {
    if (strikes.isEmpty()) {
      return;
    }
    out.element(
        "ul",
        () -> {
          strikes.stream()
              .limit(MOST_STRIKES)
              .sorted(Comparator.comparingLong(each -> each.atNanos().orElseThrow()))
              .forEach(
                  each ->
                      out.leaf(
                          "li",
                          words(
                              "Fault %s at %s%s: %s",
                              each.fault(),
                              moment(each.atNanos().orElseThrow()),
                              each.command().isPresent()
                                  ? words(", command %,d", each.command().getAsLong())
                                  : "",
                              each.detail())));
          if (strikes.size() > MOST_STRIKES) {
            out.leaf(
                "li",
                "And " + counted(strikes.size() - MOST_STRIKES, "fault") + " more in this time");
          }
        },
        "class",
        "strikes");
  }
}
