package io.github.ticketsim.ledger;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a service that runs for long keeps its attempts: written one by one, each before it is
 * acknowledged, and read in order while more of them arrive. Used by many threads at once.
 *
 * <p>The order of recording is fixed: what a reader has passed is never followed by an attempt that
 * belongs before it, so that paging by id misses none and sees none twice.
 */
public interface Records extends AutoCloseable {

  /**
   * Why no attempt could be kept just now, in words; empty where one could. Asked before a ticket
   * is taken, since one that is sold and not recorded is lost.
   */
  Optional<String> obstacle();

  /**
   * The {@link #obstacle} for one that has a place, and is about to take a ticket. Where there is
   * none, one may have been taken from then on.
   */
  Optional<String> obstacleToTaking();

  /**
   * How many attempts may be between the taking of a ticket and its recording at any moment.
   * Whoever takes one first gets one of so many places, then asks {@link #obstacleToTaking}, then
   * keeps its {@link #intend intent} where it has a key, and gives the place back after {@link
   * #append}.
   */
  int mostUnrecorded();

  /** The longest that {@link #append} takes. */
  Duration patience();

  /** What was recorded before this service began. */
  Past past();

  /**
   * Keeps that a purchase is about to be made for a key. Once this returns, a ticket may be taken;
   * {@link #append} then keeps what became of it, under the same id. Should that never happen, the
   * key is known in the {@link Past} of the next life all the same.
   *
   * @throws RecordsException when it is not kept, or not within {@code patience}: nothing may then
   *     be bought for it
   */
  void intend(Intent intent, Duration patience);

  /**
   * Keeps {@code attempt}. Once this returns, it may be acknowledged.
   *
   * @param key under which its buyer may ask for it again
   * @throws RecordsException when it is not certain that the attempt is kept
   */
  void append(Attempt attempt, Optional<String> key);

  /**
   * Reads what is kept by now, in order of recording.
   *
   * @param after the id of the attempt to begin behind; empty to begin with the first
   * @return empty where no attempt has that id
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
   * What earlier lives of a service left to this one.
   *
   * @param nanos where its clock begins: after all their times
   * @param buyers where it begins to count buyers
   * @param keyed their attempts by the key of the buyer, without those that were not executed;
   *     where there is only an intent, an attempt of unknown fate
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

  /** A reader's place in the records. For one thread. */
  interface Cursor extends AutoCloseable {

    /** The next attempt, or nothing at the end of what was kept when the reading began. */
    Optional<Attempt> next();

    @Override
    void close();
  }
}
