package io.github.ticketsim.ledger;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * What a shop says when no purchase is under way.
 *
 * @param leftByItem nothing if it could not be read
 * @param orders empty if they could not be read
 * @param problem why not all was read
 */
public record ShopAccount(
    SequencedMap<String, Long> leftByItem, Optional<List<Order>> orders, Optional<String> problem) {

  /** Nothing was asked. */
  public static final ShopAccount NONE =
      new ShopAccount(Collections.emptySortedMap(), Optional.empty(), Optional.empty());

  /** Copies its parts. */
  public ShopAccount {
    leftByItem = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(leftByItem));
    orders = orders.map(List::copyOf);
  }

  /** Nothing could be read. */
  public static ShopAccount unread(String problem) {
    return new ShopAccount(Collections.emptySortedMap(), Optional.empty(), Optional.of(problem));
  }

  /** What is left of all items together. */
  public OptionalLong left() {
    return leftByItem.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(leftByItem.values().stream().mapToLong(Long::longValue).sum());
  }
}
