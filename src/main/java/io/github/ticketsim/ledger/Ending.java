package io.github.ticketsim.ledger;

import io.github.ticketsim.stock.Settlement;

/**
 * The last line of a history.
 *
 * @param settlement what was read after the storm
 * @param stopReason why the storm ended before all its attempts were made
 */
public record Ending(Settlement settlement, StopReason stopReason) {

  /** Whether and why attempts that were planned are missing. */
  public enum StopReason {
    /** Nothing is missing. */
    NONE("none"),
    /** The user stopped the storm. */
    INTERRUPTED("interrupted"),
    /** Nothing was sold or refused for so long that the storm gave up. */
    STALLED("silence"),
    /** There was no room to record more attempts. */
    FULL("full");

    private final String wireName;

    StopReason(String wireName) {
      this.wireName = wireName;
    }

    /** As in files. */
    public String wireName() {
      return wireName;
    }
  }
}
