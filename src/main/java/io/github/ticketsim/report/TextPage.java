package io.github.ticketsim.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A page of text for a terminal: what can be broken into lines is no wider than the page. */
final class TextPage {

  /** What terminals have, unless somebody made them wider. */
  static final int COLUMNS = 80;

  /** Colours; they repeat what the words say. */
  enum Paint {
    /** As it must be. */
    GREEN("\u001B[32m"),
    /** Broken. */
    RED("\u001B[31m"),
    /** Doubtful. */
    YELLOW("\u001B[33m");

    private final String code;

    Paint(String code) {
      this.code = code;
    }
  }

  private static final String RESET = "\u001B[0m";
  private static final Pattern CODE = Pattern.compile("\u001B\\[[0-9]+m");

  private static final String MORE = " ...";

  private final PrintWriter out;
  private final boolean colour;
  private final int mostLines;

  TextPage(PrintWriter out, boolean colour) {
    this(out, colour, Integer.MAX_VALUE);
  }

  /**
   * @param mostLines of a text; what goes beyond is left out
   */
  TextPage(PrintWriter out, boolean colour, int mostLines) {
    this.out = out;
    this.colour = colour;
    this.mostLines = mostLines;
  }

  String painted(Paint paint, String text) {
    return colour ? paint.code + text + RESET : text;
  }

  /** A line as it is. */
  void line(String line) {
    out.println(line);
  }

  /** A line behind an empty one. */
  void heading(String text) {
    out.println();
    out.println(text);
  }

  /** Text behind {@code start}; what does not fit goes on below the beginning of the text. */
  void text(String start, String text) {
    text(start, widthOf(start), text);
  }

  /** The same, but further lines begin at {@code column}. */
  void text(String start, int column, String text) {
    var lines = broken(text, COLUMNS - widthOf(start), COLUMNS - column);
    out.println(start + lines.getFirst());
    lines.stream().skip(1).forEach(line -> out.println(" ".repeat(column) + line));
  }

  /** Text in a colour; further lines begin at {@code column}. */
  void text(String start, int column, Paint paint, String text) {
    var lines = broken(text, COLUMNS - widthOf(start), COLUMNS - column);
    out.println(start + painted(paint, lines.getFirst()));
    lines.stream().skip(1).forEach(line -> out.println(" ".repeat(column) + painted(paint, line)));
  }

  private static int widthOf(String text) {
    return CODE.matcher(text).replaceAll("").length();
  }

  /** Lines that end between words; a word that is wider than a line has one to itself. */
  private List<String> broken(String text, int first, int further) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var word : text.split(" ", -1)) {
      var room = lines.isEmpty() ? first : further;
      if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    if (lines.size() <= mostLines) {
      return lines;
    }
    var kept = lines.subList(0, mostLines);
    var room = (kept.size() == 1 ? first : further) - MORE.length();
    kept.set(kept.size() - 1, shortened(kept.getLast(), room) + MORE);
    return kept;
  }

  private static String shortened(String line, int room) {
    return line.length() <= room ? line : line.substring(0, Math.max(0, room));
  }

  /** Text of a foreign file without what would move the cursor or change colours. */
  static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
