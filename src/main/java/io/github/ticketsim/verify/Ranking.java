package io.github.ticketsim.verify;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/** Sorts indices by a 64-bit key without making an object of each. */
final class Ranking {
  private static final int PLACE_BITS = Integer.SIZE - 1;
  private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;

  private Ranking() {}

  /** The indices by rising key; those with equal keys stay in the order they came in. */
  static int[] ascending(int[] indices, IntToLongFunction key) {
    var keys = Arrays.stream(indices).mapToLong(key).sorted().toArray();
    // A key's rank and its index's place fit one long together, where the key itself might not.
    var packed = new long[indices.length];
    for (var place = 0; place < indices.length; place++) {
      long rank = firstAt(keys, key.applyAsLong(indices[place]));
      packed[place] = rank << PLACE_BITS | place;
    }
    Arrays.sort(packed);
    return Arrays.stream(packed).mapToInt(each -> indices[(int) (each & PLACE_MASK)]).toArray();
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
