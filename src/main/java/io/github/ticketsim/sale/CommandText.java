package io.github.ticketsim.sale;

import java.util.ArrayList;
import java.util.List;

/**
 * A command of Redis in one line, as redis-cli reads it: words with blanks between, and quotes
 * around a word with blanks in it. A value in double braces is part of one word whatever it holds.
 */
public final class CommandText {
  private static final String VALUE_BEGINS = "{{";
  private static final String VALUE_ENDS = "}}";

  private final String text;
  private final List<Template> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private int at;

  private CommandText(String text) {
    this.text = text;
  }

  /**
   * The words of {@code text}; at least one.
   *
   * @throws IllegalArgumentException if there is none, or a quote does not end
   */
  public static List<Template> words(String text) {
    var reader = new CommandText(text.strip());
    while (reader.at < reader.text.length()) {
      reader.readWord();
    }
    if (reader.words.isEmpty()) {
      throw new IllegalArgumentException("expected a command such as GET ticket:stock");
    }
    return List.copyOf(reader.words);
  }

  private void readWord() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    word.setLength(0);
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      switch (text.charAt(at)) {
        case '"' -> readQuoted('"');
        case '\'' -> readQuoted('\'');
        default -> readPlain();
      }
    }
    words.add(Template.parse(word.toString()));
  }

  private void readPlain() {
    var end = text.startsWith(VALUE_BEGINS, at) ? text.indexOf(VALUE_ENDS, at) : -1;
    var next = end < 0 ? at + 1 : end + VALUE_ENDS.length();
    word.append(text, at, next);
    at = next;
  }

  private void readQuoted(char quote) {
    for (at++; at < text.length(); at++) {
      var c = text.charAt(at);
      if (c == quote) {
        at++;
        return;
      }
      if (c == '\\' && at + 1 < text.length()) {
        at++;
        word.append(quote == '"' ? escaped(text.charAt(at)) : text.charAt(at));
      } else {
        word.append(c);
      }
    }
    throw new IllegalArgumentException("a quote %c does not end in '%s'".formatted(quote, text));
  }

  private static char escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> c;
    };
  }
}
