package io.github.ticketsim.ledger;

import io.github.ticketsim.stock.Outcome;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A fixed number of attempts, one array a field. Each slot is written once, by one thread. */
final class Chunk {
  /**
   * Keeps every array below half of G1's smallest region, 1 MiB: a greater one gets regions of its
   * own, and wastes what it does not fill of them.
   */
  static final int SLOT_BITS = 15;

  static final int SLOTS = 1 << SLOT_BITS;
  static final int BYTES_EACH = 7 * Long.BYTES + Integer.BYTES + Byte.BYTES;

  /** In a UUID v7 the upper 48 bits are epoch milliseconds (RFC 9562, section 5.7). */
  private static final int ID_TIMESTAMP_SHIFT = 16;

  static final int VALUE = 1 << 2;
  static final int RETURN = 1 << 3;
  static final int POOL_WAIT = 1 << 4;
  static final int INTENDED = 1 << 6;
  private static final int WRITTEN = 1 << 5;
  private static final int OWN_TIMESTAMP = 1 << 7;
  private static final int KIND_MASK = 0b11;
  private static final Outcome.Kind[] KINDS = Outcome.Kind.values();

  final long[] idHighs;
  final long[] idLows;
  final long[] poolWaits;
  final long[] calls;
  final long[] returns;
  final long[] values;
  final int[] buyers;
  private final byte[] states;

  private final ErrorTexts texts;

  /** Made only when the first error comes, since most chunks hold none. */
  private volatile @Nullable AtomicReferenceArray<String> errors;

  /** For open loads. */
  private final RareColumn intended;

  /** For ids that do not carry the timestamp themselves. */
  private final RareColumn timestamps;

  /** A chunk of {@link #SLOTS}, or of fewer where it is the last of a sequence. */
  Chunk(int slots, ErrorTexts texts) {
    this.texts = texts;
    idHighs = new long[slots];
    idLows = new long[slots];
    poolWaits = new long[slots];
    calls = new long[slots];
    returns = new long[slots];
    values = new long[slots];
    buyers = new int[slots];
    states = new byte[slots];
    intended = new RareColumn(slots);
    timestamps = new RareColumn(slots);
  }

  static int slot(int index) {
    return index & (SLOTS - 1);
  }

  @SuppressWarnings("EnumOrdinal") // The ordinal lives in memory only; files hold the word.
  void write(int slot, Attempt attempt) {
    idHighs[slot] = attempt.id().getMostSignificantBits();
    idLows[slot] = attempt.id().getLeastSignificantBits();
    var ownTimestamp = attempt.timestampMillis() != idHighs[slot] >>> ID_TIMESTAMP_SHIFT;
    if (ownTimestamp) {
      timestamps.set(slot, attempt.timestampMillis());
    }
    if (attempt.intendedNanos().isPresent()) {
      intended.set(slot, attempt.intendedNanos().getAsLong());
    }
    buyers[slot] = attempt.buyer();
    poolWaits[slot] = attempt.poolWaitNanos().orElse(0);
    calls[slot] = attempt.callNanos();
    returns[slot] = attempt.returnNanos().orElse(0);
    var value =
        switch (attempt.outcome()) {
          case Outcome.Sold(var left) -> left;
          case Outcome.SoldOut(var left) -> left;
          case Outcome.Failed(var error) -> fail(slot, error);
          case Outcome.Indeterminate(var error) -> fail(slot, error);
        };
    values[slot] = value.orElse(0);
    states[slot] =
        (byte)
            (attempt.outcome().kind().ordinal()
                | (value.isPresent() ? VALUE : 0)
                | (attempt.returnNanos().isPresent() ? RETURN : 0)
                | (attempt.poolWaitNanos().isPresent() ? POOL_WAIT : 0)
                | (attempt.intendedNanos().isPresent() ? INTENDED : 0)
                | (ownTimestamp ? OWN_TIMESTAMP : 0)
                | WRITTEN);
  }

  boolean written(int slot) {
    return has(slot, WRITTEN);
  }

  boolean has(int slot, int flag) {
    return (states[slot] & flag) != 0;
  }

  Outcome.Kind kind(int slot) {
    return KINDS[states[slot] & KIND_MASK];
  }

  long timestamp(int slot) {
    return has(slot, OWN_TIMESTAMP) ? timestamps.get(slot) : idHighs[slot] >>> ID_TIMESTAMP_SHIFT;
  }

  long intended(int slot) {
    return intended.get(slot);
  }

  String error(int slot) {
    var known = errors;
    var error = known == null ? null : known.get(slot);
    return error == null ? "" : error;
  }

  private OptionalLong fail(int slot, String error) {
    errors().set(slot, texts.keep(error));
    return OptionalLong.empty();
  }

  private AtomicReferenceArray<String> errors() {
    var known = errors;
    if (known != null) {
      return known;
    }
    synchronized (this) {
      var made = errors;
      if (made == null) {
        made = new AtomicReferenceArray<>(states.length);
        errors = made;
      }
      return made;
    }
  }
}
