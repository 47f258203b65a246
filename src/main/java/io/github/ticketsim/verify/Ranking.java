package io.github.ticketsim.verify;

import java.util.Arrays;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** Sorts indices by a 64-bit key without making an object of each. */
final class Ranking {
  private static final int PLACE_BITS = Integer.SIZE - 1;
  private static final int RANK_BITS = Long.SIZE - 1 - PLACE_BITS;
  private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;

  /** Keys are few if there are so many indices for each on average. */
  private static final int FEW = 4;

  /** Keys are dense if they stand for at most so many numbers each. */
  private static final long SPREAD = 4;

  private Ranking() {}

  /** The indices by rising key; those with equal keys stay in the order they came in. */
  static int[] ascending(int[] indices, IntToLongFunction key) {
    var keys = new long[indices.length];
    var least = Long.MAX_VALUE;
    var greatest = Long.MIN_VALUE;
    for (var place = 0; place < keys.length; place++) {
      keys[place] = key.applyAsLong(indices[place]);
      least = Math.min(least, keys[place]);
      greatest = Math.max(greatest, keys[place]);
    }
    var range = greatest - least;
    if (range >= 0 && range < keys.length / FEW) {
      return counted(indices, keys, least, (int) range + 1);
    }
    if (range < 0 || range >= 1L << RANK_BITS) {
      replaceByRanks(keys);
      least = 0;
    }
    for (var place = 0; place < keys.length; place++) {
      keys[place] = (keys[place] - least) << PLACE_BITS | place;
    }
    Arrays.sort(keys);
    var ranked = new int[indices.length];
    for (var place = 0; place < ranked.length; place++) {
      ranked[place] = indices[(int) (keys[place] & PLACE_MASK)];
    }
    return ranked;
  }

  /** Numbers from 0 up, equal for equal keys and rising with them; all small if keys are dense. */
  static int[] dense(int[] keys) {
    var least = Integer.MAX_VALUE;
    var greatest = Integer.MIN_VALUE;
    for (var key : keys) {
      least = Math.min(least, key);
      greatest = Math.max(greatest, key);
    }
    var dense = keys.clone();
    if ((long) greatest - least < SPREAD * keys.length) {
      for (var place = 0; place < keys.length; place++) {
        dense[place] -= least;
      }
    } else {
      var distinct = IntStream.of(keys).sorted().distinct().toArray();
      Arrays.setAll(dense, place -> Arrays.binarySearch(distinct, keys[place]));
    }
    return dense;
  }

  /** Keys that are few: each group takes as many places as it has indices. */
  private static int[] counted(int[] indices, long[] keys, long least, int groups) {
    var ends = new int[groups + 1];
    for (var key : keys) {
      ends[(int) (key - least) + 1]++;
    }
    for (var group = 1; group < ends.length; group++) {
      ends[group] += ends[group - 1];
    }
    var ranked = new int[indices.length];
    for (var place = 0; place < keys.length; place++) {
      ranked[ends[(int) (keys[place] - least)]++] = indices[place];
    }
    return ranked;
  }

  /** Keys that lie too far apart to fit one long together with a place. */
  private static void replaceByRanks(long[] keys) {
    var sorted = keys.clone();
    Arrays.sort(sorted);
    for (var place = 0; place < keys.length; place++) {
      keys[place] = firstAt(sorted, keys[place]);
    }
  }

  /** The least position at which {@code key} stands; it does stand there. */
  private static int firstAt(long[] sorted, long key) {
    var low = 0;
    var high = sorted.length - 1;
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (sorted[middle] < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
