package io.github.ticketsim.report;

import io.github.ticketsim.report.TextPage.Paint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of text in columns. A cell that is wider than its column moves those behind it. */
final class Table {

  private record Column(int gap, int width, boolean right) {
    String padded(String cell) {
      var padding = " ".repeat(Math.max(0, width - cell.length()));
      return right ? padding + cell : cell + padding;
    }
  }

  private final TextPage page;
  private final List<Column> columns = new ArrayList<>();

  Table(TextPage page) {
    this.page = page;
  }

  /** Adds a column behind so many blanks, aligned left; of width 0, it ends the line. */
  Table left(int gap, int width) {
    columns.add(new Column(gap, width, false));
    return this;
  }

  /** Adds a column behind so many blanks, aligned right. */
  Table right(int gap, int width) {
    columns.add(new Column(gap, width, true));
    return this;
  }

  /** Behind an empty line, the names of the last columns; those before share {@code title}. */
  void heading(String title, String... names) {
    page.line("");
    header(title, names);
  }

  /** The same without the empty line. */
  void header(String title, String... names) {
    var first = columns.size() - names.length;
    var shared = columns.stream().limit(first).mapToInt(each -> each.gap + each.width).sum();
    page.line(new Column(0, shared, false).padded(title) + cells(first, null, names));
  }

  /** One line. */
  void row(String... cells) {
    page.line(cells(0, null, cells));
  }

  /** One line, whose first cell is painted. */
  void row(Paint paint, String... cells) {
    page.line(cells(0, paint, cells));
  }

  /** A row whose last cell goes on below itself. */
  void text(String... cells) {
    text(null, cells);
  }

  /** The same with a first cell that is painted. */
  void text(@Nullable Paint paint, String... cells) {
    var last = cells.length - 1;
    var start = cells(0, paint, List.of(cells).subList(0, last).toArray(String[]::new));
    page.text(start + " ".repeat(columns.get(last).gap), cells[last]);
  }

  private String cells(int firstColumn, @Nullable Paint paint, String... cells) {
    var line = new StringBuilder();
    for (var i = 0; i < cells.length; i++) {
      var column = columns.get(firstColumn + i);
      var cell = column.padded(cells[i]);
      line.append(" ".repeat(column.gap));
      line.append(i == 0 && paint != null ? page.painted(paint, cell) : cell);
    }
    return line.toString();
  }
}
