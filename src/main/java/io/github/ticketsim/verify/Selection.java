package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.History;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which part of a {@link History} a {@link Projection} keeps.
 *
 * @param attempts by index
 * @param gaps values of the counter that no reply carries
 * @param read whether what was read after the storm is kept, where it was read settled
 */
record Selection(Set<Integer> attempts, Set<MissingValue> gaps, boolean read) {

  /**
   * A value of the counter that no reply carries.
   *
   * @param filler the indeterminate attempt that has taken it if the history is legal; empty where
   *     none is left for it, or the counter was never seen below it
   */
  record MissingValue(long value, OptionalInt filler) {}

  Selection {
    attempts = Set.copyOf(attempts);
    gaps = Set.copyOf(gaps);
  }

  static Selection of(int attempt) {
    return new Selection(Set.of(attempt), Set.of(), false);
  }

  static Selection of(MissingValue gap) {
    return new Selection(Set.of(), Set.of(gap), false);
  }

  /** Some of {@code attempts} as the lines of a history: by call, whatever order they came in. */
  static IntStream inOrder(Set<Integer> indices, Attempts attempts) {
    return IntStream.of(
        new Precedence(attempts).sorted(indices.stream().mapToInt(Integer::intValue).toArray()));
  }

  Selection with(Selection other) {
    var moreAttempts = new HashSet<>(attempts);
    moreAttempts.addAll(other.attempts);
    var moreGaps = new HashSet<>(gaps);
    moreGaps.addAll(other.gaps);
    return new Selection(moreAttempts, moreGaps, read || other.read);
  }
}
