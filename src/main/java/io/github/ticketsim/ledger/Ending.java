package io.github.ticketsim.ledger;

import io.github.ticketsim.stock.Settlement;

/**
 * The last line of a history.
 *
 * @param settlement what was read after the storm
 * @param cut why the storm ended before all its attempts were made
 */
public record Ending(Settlement settlement, Cut cut) {

  /** Whether and why attempts that were planned are missing. */
  public enum Cut {
    /** Nothing is missing. */
    NONE("none"),
    /** The user stopped the storm. */
    INTERRUPTED("interrupted"),
    /** Nothing was sold or refused for so long that the storm gave up. */
    SILENCE("silence"),
    /** There was no room to record more attempts. */
    FULL("full");

    private final String wireName;

    Cut(String wireName) {
      this.wireName = wireName;
    }

    /** As in files. */
    public String wireName() {
      return wireName;
    }
  }
}
