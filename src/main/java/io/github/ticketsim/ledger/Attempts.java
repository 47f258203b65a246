package io.github.ticketsim.ledger;

import io.github.ticketsim.stock.Outcome;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sequence of attempts, kept in columns: at most {@value #BYTES_EACH} bytes an attempt
 * of a storm, so that millions of them fit into the heap. The accessors by index exist for the same
 * reason; {@link #get} makes the object.
 */
public final class Attempts {

  /** Heap bytes of one attempt, errors aside, in an open load; in a closed load it is fewer. */
  public static final int BYTES_EACH = Chunk.BYTES_EACH;

  private final Chunk[] chunks;
  private final int size;

  /** By ordinal of the kind; made when first asked for. */
  private volatile int @Nullable [] counts;

  Attempts(Chunk[] chunks, int size) {
    this.chunks = chunks;
    this.size = size;
  }

  /** Attempts that are all known at once; {@link Ledger} collects those that arrive one by one. */
  public static Attempts of(List<Attempt> attempts) {
    var size = attempts.size();
    var texts = new ErrorTexts();
    var chunks = new Chunk[(size + Chunk.SLOTS - 1) >>> Chunk.SLOT_BITS];
    for (var i = 0; i < chunks.length; i++) {
      chunks[i] = new Chunk(Math.min(Chunk.SLOTS, size - (i << Chunk.SLOT_BITS)), texts);
    }
    var index = 0;
    for (var attempt : attempts) {
      chunks[index >>> Chunk.SLOT_BITS].write(Chunk.slot(index), attempt);
      index++;
    }
    return new Attempts(chunks, size);
  }

  /** How many attempts there are. */
  public int size() {
    return size;
  }

  /** How many attempts ended in {@code kind}. */
  @SuppressWarnings("EnumOrdinal") // Never leaves this object.
  public int count(Outcome.Kind kind) {
    var known = counts;
    if (known == null) {
      known = new int[Outcome.Kind.values().length];
      for (var i = 0; i < size; i++) {
        known[kind(i).ordinal()]++;
      }
      counts = known;
    }
    return known[kind.ordinal()];
  }

  /** How attempt {@code index} ended. */
  public Outcome.Kind kind(int index) {
    return chunk(index).kind(Chunk.slot(index));
  }

  /** Which buyer made attempt {@code index}. */
  public int buyer(int index) {
    return chunk(index).buyers[Chunk.slot(index)];
  }

  /** When attempt {@code index} was about to be sent, in nanoseconds since the storm began. */
  public long callNanos(int index) {
    return chunk(index).calls[Chunk.slot(index)];
  }

  /** Whether attempt {@code index} has a return time. */
  public boolean hasReturn(int index) {
    return chunk(index).has(Chunk.slot(index), Chunk.RETURN);
  }

  /** When the reply was read; meaningful only if {@link #hasReturn}. */
  public long returnNanos(int index) {
    return chunk(index).returns[Chunk.slot(index)];
  }

  /** Whether attempt {@code index} was planned ahead. */
  public boolean hasIntended(int index) {
    return chunk(index).has(Chunk.slot(index), Chunk.INTENDED);
  }

  /** When it was planned to begin; meaningful only if {@link #hasIntended}. */
  public long intendedNanos(int index) {
    return chunk(index).intended(Chunk.slot(index));
  }

  /**
   * When attempt {@code index} began for its buyer: as it was planned, or else when it got in line.
   */
  public long beginNanos(int index) {
    if (hasIntended(index)) {
      return intendedNanos(index);
    }
    return hasPoolWait(index) ? callNanos(index) - poolWaitNanos(index) : callNanos(index);
  }

  /** Whether the wait for a turn of attempt {@code index} is known. */
  public boolean hasPoolWait(int index) {
    return chunk(index).has(Chunk.slot(index), Chunk.POOL_WAIT);
  }

  /** The wait for a turn in nanoseconds; meaningful only if {@link #hasPoolWait}. */
  public long poolWaitNanos(int index) {
    return chunk(index).poolWaits[Chunk.slot(index)];
  }

  /** Whether the reply to attempt {@code index} carried the counter. */
  public boolean hasValue(int index) {
    return chunk(index).has(Chunk.slot(index), Chunk.VALUE);
  }

  /** The counter in the reply; meaningful only if {@link #hasValue}. */
  public long value(int index) {
    return chunk(index).values[Chunk.slot(index)];
  }

  /** The high half of the id of attempt {@code index}. */
  public long idHigh(int index) {
    return chunk(index).idHighs[Chunk.slot(index)];
  }

  /** The low half of the id of attempt {@code index}. */
  public long idLow(int index) {
    return chunk(index).idLows[Chunk.slot(index)];
  }

  /** Attempt {@code index} as an object. */
  public Attempt get(int index) {
    var chunk = chunk(index);
    var slot = Chunk.slot(index);
    var value = optional(hasValue(index), chunk.values[slot]);
    return new Attempt(
        new UUID(chunk.idHighs[slot], chunk.idLows[slot]),
        chunk.timestamp(slot),
        chunk.buyers[slot],
        optional(hasIntended(index), chunk.intended(slot)),
        optional(hasPoolWait(index), chunk.poolWaits[slot]),
        chunk.calls[slot],
        optional(hasReturn(index), chunk.returns[slot]),
        switch (chunk.kind(slot)) {
          case SOLD -> new Outcome.Sold(value);
          case SOLD_OUT -> new Outcome.SoldOut(value);
          case FAILED -> new Outcome.Failed(chunk.error(slot));
          case INDETERMINATE -> new Outcome.Indeterminate(chunk.error(slot));
        });
  }

  private Chunk chunk(int index) {
    return chunks[index >>> Chunk.SLOT_BITS];
  }

  private static OptionalLong optional(boolean present, long value) {
    return present ? OptionalLong.of(value) : OptionalLong.empty();
  }
}
