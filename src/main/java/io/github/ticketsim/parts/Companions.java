package io.github.ticketsim.parts;

import io.github.ticketsim.ledger.PartClock;
import io.github.ticketsim.storm.StormBarrier;
import io.github.ticketsim.storm.StormShare;
import java.util.Optional;
import java.util.UUID;

/** The other parts of the storm that this process makes one part of. */
public interface Companions extends StormBarrier, AutoCloseable {

  /** There are none. */
  Companions NONE = new Companions() {};

  /** Which part is ours. */
  default StormShare share() {
    return StormShare.WHOLE;
  }

  /** Whether it is ours to set up what is sold. */
  default boolean first() {
    return share().part() == 0;
  }

  /** The id of the run that all parts share; empty if there are no others. */
  default Optional<UUID> run() {
    return Optional.empty();
  }

  /**
   * Waits until what is sold is set up, unless that is ours to do.
   *
   * @throws InterruptedException if this thread is interrupted, or the user has asked to end
   */
  default void awaitSetUp() throws InterruptedException {}

  /** Lets the others know that what is sold is set up, if that was ours to do. */
  default void setUp() {}

  /** Lets the others know that nothing of ours can take effect any more. */
  default void ended() {}

  /**
   * What leads from our times to the common ones.
   *
   * @param startNanos when our times began, on our clock
   */
  default PartClock clock(long startNanos) {
    return PartClock.EXACT;
  }

  /**
   * Waits until the others need this part no more, but not for long.
   *
   * @return which of them still do, in words; empty if none does
   * @throws InterruptedException if this thread is interrupted
   */
  default Optional<String> awaitOver() throws InterruptedException {
    return Optional.empty();
  }

  /** Lets the others know that this part needs them no more. */
  @Override
  default void close() {}
}
