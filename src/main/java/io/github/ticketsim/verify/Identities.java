package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.Attempts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.UUID;

/** Finds two attempts with one id, without an object for each of millions. */
final class Identities {
  /** 2^64 divided by the golden ratio, to spread the high half before the low half is added. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private Identities() {}

  /** The indices of two attempts that share an id, or an empty array. */
  static int[] shared(Attempts attempts) {
    var digests = new long[attempts.size()];
    for (var i = 0; i < digests.length; i++) {
      digests[i] = digest(attempts, i);
    }
    Arrays.sort(digests);
    var suspects = new HashSet<Long>();
    for (var i = 1; i < digests.length; i++) {
      if (digests[i] == digests[i - 1]) {
        suspects.add(digests[i]);
      }
    }
    if (suspects.isEmpty()) {
      return new int[0];
    }
    var suspected = attempts.where(i -> suspects.contains(digest(attempts, i)));
    var seen = new HashMap<UUID, Integer>();
    for (var i : new Precedence(attempts).sorted(suspected)) {
      var first = seen.putIfAbsent(new UUID(attempts.idHigh(i), attempts.idLow(i)), i);
      if (first != null) {
        return new int[] {first, i};
      }
    }
    return new int[0];
  }

  private static long digest(Attempts attempts, int index) {
    return attempts.idHigh(index) * SPREAD + attempts.idLow(index);
  }
}
