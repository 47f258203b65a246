package io.github.ticketsim.sale;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Which known word was probably meant. Picocli suggests only options that begin with the same two
 * letters.
 */
public final class Suggestion {
  private static final int MOST_EDITS = 2;
  private static final int SHORT = 4;

  private Suggestion() {}

  /** The known word that {@code typed} begins, or that few edits away from it. */
  public static Optional<String> of(String typed, Collection<String> known) {
    var word = typed.toLowerCase(Locale.ROOT);
    var most = word.length() <= SHORT ? 1 : MOST_EDITS;
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= most)
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  private static int distance(String typed, String known) {
    return typed.length() >= SHORT && known.startsWith(typed) ? 1 : edits(typed, known);
  }

  /** How many letters are to be put in, left out, replaced, or swapped with their neighbour. */
  private static int edits(String from, String to) {
    var edits = new int[from.length() + 1][to.length() + 1];
    for (var i = 0; i <= from.length(); i++) {
      for (var j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        var replaced = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        edits[i][j] =
            Math.min(
                Math.min(edits[i - 1][j], edits[i][j - 1]) + 1, edits[i - 1][j - 1] + replaced);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[from.length()][to.length()];
  }
}
