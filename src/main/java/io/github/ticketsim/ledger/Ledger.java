package io.github.ticketsim.ledger;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where all buyers write down what happened. Append-only; writers share one atomic counter and
 * otherwise touch only their own slot, so that recording does not become what is measured.
 */
public final class Ledger {

  /** The most attempts one ledger holds. */
  public static final int MOST_ATTEMPTS = 1 << 30;

  /** They take 113 MB. */
  private static final int MOST_RESERVED = 1 << 21;

  private final AtomicReferenceArray<@Nullable Chunk> chunks =
      new AtomicReferenceArray<>(MOST_ATTEMPTS >>> Chunk.SLOT_BITS);
  private final ErrorTexts texts = new ErrorTexts();
  private final Names names = new Names();
  private final AtomicInteger claimed = new AtomicInteger();

  /**
   * Records one attempt.
   *
   * @throws IllegalStateException when {@link #MOST_ATTEMPTS} are recorded already
   */
  public void append(Attempt attempt) {
    var index = claimed.getAndIncrement();
    if (index < 0 || index >= MOST_ATTEMPTS) {
      claimed.decrementAndGet();
      throw new IllegalStateException("the ledger is full: " + MOST_ATTEMPTS + " attempts");
    }
    var position = index >>> Chunk.SLOT_BITS;
    var slot = Chunk.slot(index);
    chunk(position).write(slot, attempt);
    if (slot == Chunk.SLOTS / 2 && position + 1 < chunks.length()) {
      // Ahead of need, or every writer would make one at the border, and all but one in vain.
      var _ = chunk(position + 1);
    }
  }

  /**
   * Makes room for so many attempts, or for the first of them if they are very many. The system
   * hands out memory when it is first written, which would take a tenth of a fast storm.
   */
  public void reserve(long attempts) {
    var slots = Math.min(attempts, MOST_RESERVED);
    for (var first = 0; first < slots; first += Chunk.SLOTS) {
      var _ = chunk(first >>> Chunk.SLOT_BITS);
    }
  }

  /** Records {@code attempt} in the place of another; for the only thread that uses the ledger. */
  void replace(int index, Attempt attempt) {
    chunk(index >>> Chunk.SLOT_BITS).write(Chunk.slot(index), attempt);
  }

  /**
   * All attempts recorded so far, without copying them.
   *
   * <p>Call it only after every writer is done, and has been seen to be done (joined, or a latch):
   * slots are written without fences.
   *
   * @throws IllegalStateException when a writer claimed a slot and never wrote it
   */
  public Attempts freeze() {
    var size = claimed.get();
    var used = new Chunk[(size + Chunk.SLOTS - 1) >>> Chunk.SLOT_BITS];
    for (var i = 0; i < used.length; i++) {
      used[i] = chunk(i);
    }
    for (var index = 0; index < size; index++) {
      if (!used[index >>> Chunk.SLOT_BITS].written(Chunk.slot(index))) {
        throw new IllegalStateException("attempt " + index + " was begun and never recorded");
      }
    }
    return new Attempts(used, size, names);
  }

  private Chunk chunk(int position) {
    var chunk = chunks.get(position);
    if (chunk != null) {
      return chunk;
    }
    // Two writers may both make one; the loser's is garbage, which is cheaper than a lock for all.
    var made = new Chunk(Chunk.SLOTS, texts, names);
    var found = chunks.compareAndExchange(position, null, made);
    return found == null ? made : found;
  }
}
