package io.github.ticketsim.verify;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/** Sorts indices by a 64-bit key without making an object of each. */
final class Ranking {
  private static final int INDEX_BITS = Integer.SIZE - 1;
  private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;

  private Ranking() {}

  /** The indices by rising key, ties by rising index. */
  static int[] ascending(int[] indices, IntToLongFunction key) {
    var distinct = new long[indices.length];
    for (var i = 0; i < indices.length; i++) {
      distinct[i] = key.applyAsLong(indices[i]);
    }
    Arrays.sort(distinct);
    // A key's rank and its index fit one long together, where the key itself might not.
    var packed = new long[indices.length];
    for (var i = 0; i < indices.length; i++) {
      long rank = firstAt(distinct, key.applyAsLong(indices[i]));
      packed[i] = rank << INDEX_BITS | indices[i];
    }
    Arrays.sort(packed);
    var sorted = new int[indices.length];
    for (var i = 0; i < sorted.length; i++) {
      sorted[i] = (int) (packed[i] & INDEX_MASK);
    }
    return sorted;
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
