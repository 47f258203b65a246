package io.github.ticketsim.ledger;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * The attempts of a service: each is written before it is acknowledged, and they are read in order
 * while more of them arrive. Safe for use by many threads.
 *
 * <p>A purchase first gets a {@link Reservation}, then takes a ticket, then records its attempt. An
 * attempt that took no ticket is recorded by {@link #recordUnsent} and needs no reservation.
 *
 * <p>The order of recording is fixed: no attempt is ever inserted before one that a reader has
 * passed, so paging by id misses none and sees none twice.
 */
public interface Records extends AutoCloseable {

  /** Why no attempt can be recorded at present; empty if one can. */
  Optional<String> unavailableReason();

  /**
   * Makes sure that the attempt of a purchase can be recorded. Once this returns, the purchase may
   * take a ticket. If it is never recorded, its key is known in the {@link Past} of the next
   * incarnation all the same.
   *
   * @param intent of a purchase that has a key
   * @param leftNanos read before each wait: how long it may take
   * @throws RecordsException if the purchase must not take a ticket
   */
  Reservation reserve(Optional<Intent> intent, LongSupplier leftNanos) throws InterruptedException;

  /**
   * Records an attempt that was not sent. It has no key.
   *
   * @throws RecordsException if it is not certain that the attempt is recorded
   */
  void recordUnsent(Attempt attempt);

  /** The longest that recording one attempt takes. */
  Duration timeout();

  /** What was recorded before this service began. */
  Past past();

  /**
   * Reads what is kept by now, in order of recording.
   *
   * @param after the id of the attempt to begin behind; empty to begin with the first
   * @return empty if no attempt has that id
   * @throws RecordsException when they cannot be read; also by the cursor
   */
  Optional<Cursor> read(Optional<UUID> after);

  /**
   * About how many attempts a verdict is about: those that were to be kept by now, and those that
   * are known to be missing, as far as there is memory to judge them. Known without reading them.
   */
  int size();

  /**
   * Marks all that is kept by now, for a verdict. Cheap: purchases wait while it is done, and go on
   * before it is read.
   *
   * @throws RecordsException when it is not certain what is kept
   */
  Snapshot snapshot();

  @Override
  void close();

  /**
   * What earlier incarnations of a service left to this one.
   *
   * @param nanos the beginning of its clock: after all their times
   * @param buyers the number of its first buyer
   * @param keyed their attempts by the key of the buyer, without those that were not executed; if
   *     there is only an intent, an indeterminate attempt
   */
  record Past(long nanos, int buyers, Map<String, Attempt> keyed) {
    /** There was none. */
    public static final Past NONE = new Past(0, 0, Map.of());
  }

  /**
   * A purchase that is about to be made.
   *
   * @param id of the purchase
   * @param key under which its buyer may ask for it again
   */
  record Intent(UUID id, long timestampMillis, String key) {}

  /** All that was kept at some moment. */
  @FunctionalInterface
  interface Snapshot {

    /**
     * Reads it, with what is known to be missing.
     *
     * @throws RecordsException when it cannot be read, or there is no room for it
     */
    Attempts attempts();
  }

  /** Reads attempts in order. For one thread. */
  interface Cursor extends AutoCloseable {

    /** The next attempt, or nothing at the end of what was kept when the reading began. */
    Optional<Attempt> next();

    @Override
    void close();
  }
}
