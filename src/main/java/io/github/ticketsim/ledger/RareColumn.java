package io.github.ticketsim.ledger;

import org.jspecify.annotations.Nullable;

/** A column that most chunks do without: its array is made only when the first slot needs it. */
final class RareColumn {
  private final int slots;
  private volatile long @Nullable [] values;

  RareColumn(int slots) {
    this.slots = slots;
  }

  /** Each slot is set by one thread at most. */
  void set(int slot, long value) {
    var known = values;
    (known == null ? make() : known)[slot] = value;
  }

  /** What was set, or 0. */
  long get(int slot) {
    var known = values;
    return known == null ? 0 : known[slot];
  }

  /** Whether nothing was ever set. */
  boolean empty() {
    return values == null;
  }

  private synchronized long[] make() {
    var known = values;
    if (known != null) {
      return known;
    }
    var made = new long[slots];
    values = made;
    return made;
  }
}
