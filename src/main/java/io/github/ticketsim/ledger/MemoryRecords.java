package io.github.ticketsim.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Records on the heap, gone with the process.
 *
 * <p>Unlike {@link Ledger} it can be read at any time: one writer at a time fills the next slot and
 * then raises {@link #size}, and a reader who has seen that size sees everything below it. Slots
 * below it never change again, so that a snapshot copies nothing.
 */
public final class MemoryRecords implements Records {
  private final int most;
  private final ReentrantLock writing = new ReentrantLock();
  private final ErrorTexts texts = new ErrorTexts();
  private final Names names = new Names();

  /** Guarded by {@link #writing}; replaced, never changed, so that readers may keep theirs. */
  private volatile List<Chunk> chunks = List.of();

  private volatile int size;

  /**
   * @param most about as many attempts as there is room for: those with a reservation may exceed it
   */
  public MemoryRecords(int most) {
    this.most = most;
  }

  @Override
  public Optional<String> unavailableReason() {
    return size < most
        ? Optional.empty()
        : Optional.of(
            "the records are full: %,d, and there is no room for more in memory".formatted(most));
  }

  /** Reservations have no bound, and intents are not kept: no later incarnation reads these. */
  @Override
  public Reservation reserve(Optional<Intent> intent, LongSupplier leftNanos) {
    var reason = unavailableReason();
    if (reason.isPresent()) {
      throw new RecordsException(reason.get(), null);
    }
    return new Reservation(intent, this::append);
  }

  @Override
  public void recordUnsent(Attempt attempt) {
    append(attempt);
  }

  @Override
  public Duration timeout() {
    return Duration.ZERO;
  }

  @Override
  public Past past() {
    return Past.NONE;
  }

  private void append(Attempt attempt) {
    writing.lock();
    try {
      var index = size;
      var slot = Chunk.slot(index);
      if (slot == 0) {
        var more = new ArrayList<>(chunks);
        more.add(new Chunk(Chunk.SLOTS, texts, names));
        chunks = List.copyOf(more);
      }
      chunks.getLast().write(slot, attempt);
      // Last: a thread that sees the new size sees what was written before it.
      size = index + 1;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Snapshot snapshot() {
    var all = all();
    return () -> all;
  }

  private Attempts all() {
    // The size first: the chunks read after it hold at least as many.
    var seen = size;
    return new Attempts(chunks.toArray(Chunk[]::new), seen, names);
  }

  @Override
  public Optional<Cursor> read(Optional<UUID> after) {
    var all = all();
    return after.isEmpty()
        ? Optional.of(new Position(all, 0))
        : position(all, after.get()).map(position -> new Position(all, position + 1));
  }

  /** A scan of an array of longs: a millisecond a million. */
  private static Optional<Integer> position(Attempts all, UUID id) {
    for (var i = 0; i < all.size(); i++) {
      if (all.idLow(i) == id.getLeastSignificantBits()
          && all.idHigh(i) == id.getMostSignificantBits()) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  private static final class Position implements Cursor {
    private final Attempts all;
    private int next;

    Position(Attempts all, int next) {
      this.all = all;
      this.next = next;
    }

    @Override
    public Optional<Attempt> next() {
      return next < all.size() ? Optional.of(all.get(next++)) : Optional.empty();
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
