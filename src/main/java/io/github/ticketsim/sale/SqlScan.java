package io.github.ticketsim.sale;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A look at SQL that tells its quotes and comments from the rest.
 *
 * @param text with a question mark for each value in double braces
 * @param values that stood in double braces, in their order
 * @param parameters how many question marks there are then
 * @param quoted names of values in double braces that stand in quotes or comments
 * @param statements without quotes and comments; several if semicolons separate them
 */
record SqlScan(
    String text,
    List<Template> values,
    int parameters,
    List<String> quoted,
    List<String> statements) {
  /** Two question marks are one that is no parameter, as JDBC drivers have it. */
  private static final Pattern PIECE =
      Pattern.compile(
          "(?s)(?<quote>'[^']*+'|\"[^\"]*+\"|`[^`]*+`|--[^\\n]*+|/\\*.*?\\*/"
              + "|\\$(?<tag>\\w*)\\$.*?\\$\\k<tag>\\$)"
              + "|(?<literal>\\?\\?)|\\?|(?<value>\\{\\{[^{}]*+}})");

  /** The body of such a statement has statements of its own. */
  private static final Pattern WITH_BODY =
      Pattern.compile(
          "(?is)\\s*create\\s+(or\\s+replace\\s+)?(temp(orary)?\\s+)?"
              + "(trigger|function|procedure)\\b.*");

  /** What would end the transaction of a purchase, or begin another. */
  private static final Pattern CONTROL =
      Pattern.compile(
          "(?is)\\s*(abort|begin|commit|end|prepare\\s+transaction|release|rollback|savepoint"
              + "|start\\s+transaction)\\b.*");

  static SqlScan of(String sql) {
    var values = new ArrayList<Template>();
    var quoted = new ArrayList<String>();
    var text = new StringBuilder();
    var bare = new StringBuilder();
    var parameters = 0;
    var end = 0;
    var match = PIECE.matcher(sql);
    while (match.find()) {
      text.append(sql, end, match.start());
      bare.append(sql, end, match.start());
      end = match.end();
      var piece = match.group();
      if (match.group("quote") != null || match.group("literal") != null) {
        quoted.addAll(Template.parse(piece).names());
        text.append(piece);
        bare.append(' ');
        continue;
      }
      if (match.group("value") != null) {
        values.add(Template.parse(piece));
      }
      parameters++;
      text.append('?');
      bare.append('?');
    }
    text.append(sql, end, sql.length());
    bare.append(sql, end, sql.length());
    return new SqlScan(text.toString(), values, parameters, quoted, statements(bare.toString()));
  }

  private static List<String> statements(String bare) {
    return WITH_BODY.matcher(bare).matches()
        ? List.of(bare)
        : Stream.of(bare.split(";")).filter(statement -> !statement.isBlank()).toList();
  }

  /**
   * @throws IllegalArgumentException if there is not just one statement
   */
  void requireOneStatement() {
    if (statements.size() != 1) {
      throw new IllegalArgumentException(
          "has %d statements, expected one; write each as an element of its own"
              .formatted(statements.size()));
    }
  }

  /**
   * @throws IllegalArgumentException if it would begin or end a transaction
   */
  void requireNoControl() {
    var match = CONTROL.matcher(statements.getFirst());
    if (match.matches()) {
      throw new IllegalArgumentException(
          "'%s' would begin or end a transaction, and the whole purchase is one; leave it out"
              .formatted(match.group(1)));
    }
  }
}
