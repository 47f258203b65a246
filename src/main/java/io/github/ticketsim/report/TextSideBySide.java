package io.github.ticketsim.report;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.metrics.Durations;
import io.github.ticketsim.metrics.Figure;
import io.github.ticketsim.metrics.Unit;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalDouble;

/** A letter a run, then a line a figure and run. */
final class TextSideBySide {
  private static final String UNKNOWN = "-";

  private final SideBySide sides;
  private final TextPage page;

  TextSideBySide(SideBySide sides, PrintWriter out) {
    this.sides = sides;
    this.page = new TextPage(out, false);
  }

  void print() {
    var runs = sides.runs();
    for (var i = 0; i < runs.size(); i++) {
      var run = runs.get(i);
      page.text(
          letter(i) + "  ",
          words(
              "%s %s: sold %s of %s, %s; %s",
              run.verdict().result(),
              TextPage.plain(run.history().run().strategy()),
              run.soldWords(),
              counted(Math.max(0, run.history().run().stock()), "ticket"),
              counted(run.history().attempts().size(), "attempt"),
              run.saved().map(TextPage::plain).orElse("not saved")));
    }
    var table = new Table(page).left(0, 11).left(1, 2).right(1, 12).right(1, 9).left(2, 0);
    table.heading("", "value", "noise", "beside " + letter(0));
    var figures = runs.stream().map(run -> Figure.of(run.measurements())).toList();
    for (var row = 0; row < figures.getFirst().size(); row++) {
      var first = figures.getFirst().get(row);
      for (var i = 0; i < runs.size(); i++) {
        var figure = figures.get(i).get(row);
        var cells =
            List.of(
                i == 0 ? figure.word() : "",
                letter(i),
                value(figure),
                figure.noise().isPresent()
                    ? words("+-%.1f %%", 100 * figure.noise().getAsDouble())
                    : UNKNOWN,
                beside(figure, first));
        table.row(cells.subList(0, i == 0 ? 4 : 5).toArray(String[]::new));
      }
    }
    page.heading(
        "noise: within a run, from ten slices of equal time (95 % interval of their mean)");
    limits(runs);
  }

  private void limits(List<RunReport> runs) {
    for (var i = 1; i < runs.size(); i++) {
      for (var result : runs.get(i).limits()) {
        page.text(
            letter(i) + (result.missed() ? " missed " : " holds ") + result.limit().text() + ": ",
            LimitText.of(result));
      }
    }
  }

  private static String letter(int index) {
    return index < 26 ? String.valueOf((char) ('A' + index)) : String.valueOf(index + 1);
  }

  private static String value(Figure figure) {
    if (figure.value().isEmpty()) {
      return UNKNOWN;
    }
    var value = figure.value().getAsDouble();
    return figure.unit() == Unit.NANOSECONDS
        ? Durations.text((long) value)
        : words("%,.0f/s", value);
  }

  private static String beside(Figure figure, Figure first) {
    if (figure.value().isEmpty() || first.value().isEmpty() || first.value().getAsDouble() <= 0) {
      return UNKNOWN;
    }
    var share = figure.value().getAsDouble() / first.value().getAsDouble();
    return words("%.1f %%", 100 * share) + doubt(share, figure.noise(), first.noise());
  }

  private static String doubt(double share, OptionalDouble one, OptionalDouble other) {
    if (one.isEmpty() || other.isEmpty()) {
      return "";
    }
    var both = Math.hypot(one.getAsDouble(), other.getAsDouble());
    return Math.abs(share - 1) <= both ? ", within the noise" : ", beyond the noise";
  }
}
