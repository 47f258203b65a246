package io.github.ticketsim.fault;

import io.github.ticketsim.redis.Takeover;
import java.time.Duration;

/** A fault to inject. {@link #text()} is how the user wrote it. */
public sealed interface FaultSpec {

  /** As the user wrote it. */
  String text();

  /** A fault between the pool and Redis, which hits single commands. */
  sealed interface OnTheWire extends FaultSpec {
    /** Which commands. */
    Scope scope();
  }

  /** A fault of the server itself. */
  sealed interface OnTheServer extends FaultSpec {
    /** When. */
    Moment moment();
  }

  /** Redis executes the command, and nothing it says from then on arrives. */
  record DropReply(String text, Scope scope) implements OnTheWire {}

  /** The connection is reset once the command is on its way; Redis executes it. */
  record Reset(String text, Scope scope) implements OnTheWire {}

  /** The connection is closed before the command is whole; Redis never executes it. */
  record CutRequest(String text, Scope scope) implements OnTheWire {}

  /** The command is on its way for longer. */
  record Delay(String text, Scope scope, Duration length) implements OnTheWire {}

  /** SIGKILL, then a restart with the files that the server left. */
  record Kill(String text, Moment moment) implements OnTheServer {}

  /** SIGSTOP, then SIGCONT. */
  record Pause(String text, Moment moment, Duration length) implements OnTheServer {}

  /** SIGKILL, then a restart with no more than the disk is sure to hold. */
  record PowerLoss(String text, Moment moment) implements OnTheServer {}

  /**
   * A replica becomes the primary.
   *
   * @param how that comes about; a single server dies after its replication has stalled
   */
  record Failover(String text, Moment moment, Takeover how) implements OnTheServer {}

  /** Which commands a fault on the wire hits. */
  sealed interface Scope {
    /**
     * Each with the same chance.
     *
     * @param share above 0, up to 1
     */
    record Share(double share) implements Scope {}

    /**
     * One.
     *
     * @param number counted from 1
     */
    record Nth(long number) implements Scope {}
  }

  /** When a fault of the server is injected. */
  sealed interface Moment {
    /**
     * When this share of the attempts has been made, or of the time has passed.
     *
     * @param share from 0 to below 1
     */
    record AtShare(double share) implements Moment {}

    /** So long after the storm began. */
    record After(Duration time) implements Moment {}
  }
}
