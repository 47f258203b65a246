package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.Attempts;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * Looks for indeterminate attempts that fill all gaps, each to the last ticket, and were called in
 * time. Of attempts that ask for the same quantity it does not matter which fills a gap: the
 * deadline of a gap is never before that of an earlier one, so whatever was called in time for one
 * was in time for all later ones. What counts is how many of each quantity are used up. If all ask
 * for the same, there is one way; else it is a subset sum, which is searched up to a bound.
 */
final class GapSearch {
  private static final int MOST_STEPS = 1 << 22;

  /** Levels of recursion: one for each quantity in each gap. */
  private static final int MOST_LEVELS = 1_000;

  /**
   * Tickets that no reply covers.
   *
   * @param place before which they were taken
   */
  record Gap(long length, int place) {}

  /**
   * Behind the last reply at least {@code needed} tickets were taken before a refusal returned.
   *
   * @param deadline in nanoseconds
   * @param refusal by index
   */
  record Tail(long needed, long deadline, int refusal) {}

  /** What a search comes to. */
  enum Finding {
    FOUND,
    NONE,
    GIVEN_UP
  }

  private final long[] quantities;

  /** For each quantity the calls of those that ask for it, rising. */
  private final long[][] calls;

  private List<Gap> gaps = List.of();
  private IntToLongFunction deadlines = _ -> 0;
  private List<Tail> tail = List.of();
  private final Set<List<Integer>> dead = new HashSet<>();
  private int steps;

  /**
   * @param unknown the indeterminate attempts, by call
   */
  GapSearch(Attempts attempts, int[] unknown) {
    this.quantities =
        IntStream.of(unknown).mapToLong(attempts::quantity).distinct().sorted().toArray();
    this.calls =
        Arrays.stream(quantities)
            .mapToObj(
                quantity ->
                    IntStream.of(unknown)
                        .filter(i -> attempts.quantity(i) == quantity)
                        .mapToLong(attempts::callNanos)
                        .toArray())
            .toArray(long[][]::new);
  }

  /**
   * Whether there is a way.
   *
   * @param deadlines of the gap before each place
   */
  Finding fill(List<Gap> toFill, IntToLongFunction deadlines, List<Tail> tail) {
    this.gaps = toFill;
    this.deadlines = deadlines;
    this.tail = tail;
    this.steps = 0;
    dead.clear();
    if (gaps.isEmpty() && tail.isEmpty()) {
      return Finding.FOUND;
    }
    if (quantities.length == 0) {
      return Finding.NONE;
    }
    if (quantities.length == 1) {
      return fillEqual() ? Finding.FOUND : Finding.NONE;
    }
    if ((long) gaps.size() * (quantities.length + 1) > MOST_LEVELS) {
      return Finding.GIVEN_UP;
    }
    var found = fillFrom(0, new int[quantities.length]);
    return found ? Finding.FOUND : steps > MOST_STEPS ? Finding.GIVEN_UP : Finding.NONE;
  }

  private boolean fillEqual() {
    var used = new int[1];
    for (var gap : gaps) {
      var count = gap.length() / quantities[0];
      if (gap.length() % quantities[0] != 0
          || used[0] + count > inTime(0, deadlines.applyAsLong(gap.place()))) {
        return false;
      }
      used[0] += (int) count;
    }
    return tailHolds(used);
  }

  private boolean fillFrom(int gap, int[] used) {
    if (gap == gaps.size()) {
      return tailHolds(used);
    }
    var state = IntStream.concat(IntStream.of(gap), IntStream.of(used)).boxed().toList();
    if (dead.contains(state)) {
      return false;
    }
    if (take(gap, quantities.length - 1, gaps.get(gap).length(), used)) {
      return true;
    }
    dead.add(state);
    return false;
  }

  /** Fills what is {@code left} of a gap with the quantities up to {@code index}. */
  private boolean take(int gap, int index, long left, int[] used) {
    if (left == 0) {
      return fillFrom(gap + 1, used);
    }
    if (index < 0 || ++steps > MOST_STEPS) {
      return false;
    }
    var deadline = deadlines.applyAsLong(gaps.get(gap).place());
    var most = Math.min(left / quantities[index], inTime(index, deadline) - used[index]);
    for (var count = most; count >= 0; count--) {
      var more = used.clone();
      more[index] += (int) count;
      if (take(gap, index - 1, left - count * quantities[index], more)) {
        return true;
      }
    }
    return false;
  }

  /** Necessary only, if quantities differ: each refusal could be explained by all that is left. */
  private boolean tailHolds(int[] used) {
    return tail.stream()
        .allMatch(
            each -> {
              var sum = 0L;
              for (var i = 0; i < quantities.length; i++) {
                sum += quantities[i] * Math.max(0, inTime(i, each.deadline()) - used[i]);
              }
              return sum >= each.needed();
            });
  }

  /** How many that ask for a quantity were called by {@code deadline}. */
  private int inTime(int index, long deadline) {
    var found = Arrays.binarySearch(calls[index], deadline);
    if (found < 0) {
      return -found - 1;
    }
    while (found < calls[index].length && calls[index][found] == deadline) {
      found++;
    }
    return found;
  }
}
