package io.github.ticketsim.ledger;

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
   * Keeps {@code attempt}. Once this returns, it may be acknowledged.
   *
   * @throws RecordsException when it is not certain that the attempt is kept
   */
  void append(Attempt attempt);

  /**
   * Reads what is kept by now, in order of recording.
   *
   * @param after the id of the attempt to begin behind; empty to begin with the first
   * @return empty where no attempt has that id
   */
  Optional<Cursor> read(Optional<UUID> after);

  /** All that is kept by now, for a verdict. */
  Attempts all();

  @Override
  void close();

  /** A reader's place in the records. For one thread. */
  interface Cursor extends AutoCloseable {

    /** The next attempt, or nothing at the end of what was kept when the reading began. */
    Optional<Attempt> next();

    @Override
    void close();
  }
}
