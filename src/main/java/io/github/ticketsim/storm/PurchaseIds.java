package io.github.ticketsim.storm;

import com.github.f4b6a3.uuid.alt.GUID;
import java.time.Instant;
import java.util.UUID;

/** Where the ids of purchases come from. Called by many threads at once. */
@FunctionalInterface
public interface PurchaseIds {

  /** A new UUID v7 for a purchase made at {@code epochMillis}. */
  UUID next(long epochMillis);

  /** When {@code id} was made, in epoch milliseconds: its upper 48 bits (RFC 9562, section 5.7). */
  static long epochMillis(UUID id) {
    return id.getMostSignificantBits() >>> 16;
  }

  /**
   * Random ids from each thread's own generator. They do not count up within a millisecond, since
   * that would need a lock that all buyers share.
   */
  static PurchaseIds random() {
    return epochMillis -> GUID.v7(Instant.ofEpochMilli(epochMillis), null).toUUID();
  }
}
