package io.github.ticketsim.ledger;

import io.github.ticketsim.stock.Settlement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The last line of a history.
 *
 * @param settlement what was read after the storm
 * @param stopReason why the storm ended before all its attempts were made
 * @param leftByItem what was read of each item; empty if there is one item. The settlement has the
 *     sum if every item was read
 * @param orders how many orders the shop had, if all of them were read
 */
public record Ending(
    Settlement settlement,
    StopReason stopReason,
    Map<String, Long> leftByItem,
    OptionalLong orders) {

  /** Copies the map, and keeps its order. */
  public Ending {
    leftByItem = Collections.unmodifiableMap(new LinkedHashMap<>(leftByItem));
  }

  /** The end of a sale of one item whose orders were not read. */
  public Ending(Settlement settlement, StopReason stopReason) {
    this(settlement, stopReason, Map.of(), OptionalLong.empty());
  }

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
