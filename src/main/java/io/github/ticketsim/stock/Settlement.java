package io.github.ticketsim.stock;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was read of the stock after the last attempt.
 *
 * @param left the counter, empty if it could not be read
 * @param settled whether no attempt could still take effect when it was read
 * @param problem why the counter could not be read or is not settled, empty if it is both
 */
public record Settlement(OptionalLong left, boolean settled, Optional<String> problem) {

  /** The counter was read and can no longer change by an attempt. */
  public static Settlement settled(long left) {
    return new Settlement(OptionalLong.of(left), true, Optional.empty());
  }

  /** Attempts may still take effect, so what was read (if anything) proves nothing. */
  public static Settlement unsettled(OptionalLong left, String problem) {
    return new Settlement(left, false, Optional.of(problem));
  }
}
