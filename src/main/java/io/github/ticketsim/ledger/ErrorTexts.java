package io.github.ticketsim.ledger;

import java.util.concurrent.ConcurrentHashMap;

/**
 * One copy of each error text. A storm on a Redis that refuses everything fails millions of times
 * in the same few words.
 */
final class ErrorTexts {
  private static final int MOST_TEXTS = 1_000;
  private static final String OTHER = "(one of too many different errors to keep)";

  private final ConcurrentHashMap<String, String> texts = new ConcurrentHashMap<>();

  /** The copy of {@code text}, or a common text once there are too many. */
  String keep(String text) {
    var kept = texts.get(text);
    if (kept != null) {
      return kept;
    }
    if (texts.size() >= MOST_TEXTS) {
      return OTHER;
    }
    var found = texts.putIfAbsent(text, text);
    return found == null ? text : found;
  }
}
